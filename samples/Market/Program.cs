using Krait;
using Market;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddKrait();
builder.Services.AddSingleton(services =>
    new Exchange(services.GetRequiredService<TimeProvider>(), seed: 1, services.GetRequiredService<IRooms<MarketEvent>>()));
builder.Services.AddHostedService<Trading>();

var app = builder.Build();
app.UseFileServer(); // the page in wwwroot
app.MapWebSocketControllers();
app.Run(app.Configuration["urls"] is null ? "http://localhost:5080" : null);
