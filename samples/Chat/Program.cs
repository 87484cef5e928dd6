using Chat;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddKrait();
builder.Services.AddRooms<ChatEvent>(rooms => rooms.History = new(length: 50, age: TimeSpan.FromHours(1)));
if (builder.Configuration["redis"] is { } redis)
    builder.Services.AddKraitRedis(redis, options => options.Prefix = "chat"); // any number of servers, one chat

var app = builder.Build();
app.UseFileServer(); // the page in wwwroot
app.MapWebSocketControllers();
app.Run(app.Configuration["urls"] is null ? "http://localhost:5080" : null);
