using Market;
using Market.Meters;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint =>
{
    var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
    socket.SendBufferSize = 16 * 1024; // Krait cannot replace old quotes that wait in the operating system
    return socket;
});
builder.Services.AddKrait();
builder.Services.AddSingleton<Exchange>();
builder.Services.AddHostedService<Trading>();
builder.Services.AddSingleton<MeterHistory>();
builder.Services.AddHostedService<MeterReader>();

var app = builder.Build();
app.UseFileServer(); // the page in wwwroot
app.MapGet("/meters", async context =>
{
    context.Response.ContentType = "text/html; charset=utf-8";
    await context.Response.SendFileAsync(app.Environment.WebRootFileProvider.GetFileInfo("meters.html"), context.RequestAborted);
});
app.MapWebSocketControllers(); // MetersController has the URL of its page: Krait gets only requests for a WebSocket
app.Run(app.Configuration["urls"] is null ? "http://localhost:5092" : null);
