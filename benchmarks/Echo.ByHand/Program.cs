using System.Net.WebSockets;

var builder = WebApplication.CreateSlimBuilder(args);

var app = builder.Build();
app.UseFileServer(); // samples/Echo has a page
app.UseWebSockets();
app.Map("/echo", (RequestDelegate)(async context =>
{
    if (!context.WebSockets.IsWebSocketRequest)
    {
        context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
        return;
    }

    using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
    var buffer = new byte[4096];
    while (true)
    {
        var result = await webSocket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
        if (result.MessageType == WebSocketMessageType.Close)
            break;

        await webSocket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, context.RequestAborted);
    }

    await webSocket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
}));
app.Run(app.Configuration["urls"] is null ? "http://localhost:5080" : null);
