var builder = WebApplication.CreateBuilder(args);
builder.Services.AddKrait();

var app = builder.Build();
app.UseFileServer(); // the page in wwwroot
app.MapWebSocketControllers();
app.Run(app.Configuration["urls"] is null ? "http://localhost:5093" : null);
