using Board;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddBoard();

var app = builder.Build();
app.MapBoard();
app.Run(app.Configuration["urls"] is null ? "http://localhost:5090" : null);
