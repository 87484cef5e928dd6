using Market;
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

var app = builder.Build();
app.UseFileServer(); // the page in wwwroot
app.MapWebSocketControllers();
app.Run(app.Configuration["urls"] is null ? "http://localhost:5080" : null);
