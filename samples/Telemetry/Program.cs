using Telemetry;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddKrait();
builder.Services.AddSingleton<Readings>();

var app = builder.Build();
app.UseFileServer(); // the page in wwwroot
app.MapGet("/readings", (Readings readings) => string.Join('\n', readings.Latest.Select(known => $"{known.Key}: {known.Value}")));
app.MapWebSocketControllers();
app.Run(app.Configuration["urls"] is null ? "http://localhost:5094" : null);
