var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddKrait();

var app = builder.Build();
app.MapWebSocketControllers();
app.Run(app.Configuration["urls"] is null ? "http://localhost:5080" : null);
