#if (aot)
var builder = WebApplication.CreateSlimBuilder(args); // without parts that make a native program large, such as HTTPS
#else
var builder = WebApplication.CreateBuilder(args);
#endif
builder.Services.AddKrait();

var app = builder.Build();
#if (page)
app.UseFileServer(); // the page in wwwroot
#else
app.MapGet("/", () => "Connect a WebSocket client to /chat/kitchen?name=Ada and send {\"text\":\"hello\"}.");
#endif
app.MapWebSocketControllers(); // every controller of the project
app.Run();
