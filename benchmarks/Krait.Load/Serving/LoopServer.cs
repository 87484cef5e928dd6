using System.Net.WebSockets;
using System.Text.Json;

namespace Krait.Load.Serving;

/// <summary>The loop that tutorials show and people write by hand, on Kestrel as it is.</summary>
internal static class LoopServer
{
    private const int UsualBuffer = 4 * 1024;

    public static void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.Map("/binary", context => ServeAsync(context, EchoAsync));
        app.Map("/text", context => ServeAsync(context, EchoAsync));
        app.Map("/json", context => ServeAsync(context, AnswerAsync));
    }

    private static async Task ServeAsync(HttpContext context, Func<WebSocket, byte[], Task> serve)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var size = int.TryParse(context.Request.Query["buffer"], out var asked) ? asked : UsualBuffer;
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        await serve(webSocket, new byte[size]);
    }

    private static async Task EchoAsync(WebSocket webSocket, byte[] buffer)
    {
        while (true)
        {
            var result = await webSocket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close)
                break;

            await webSocket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, CancellationToken.None);
        }

        await webSocket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static async Task AnswerAsync(WebSocket webSocket, byte[] buffer)
    {
        while (true)
        {
            var result = await webSocket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close)
                break;

            var command = JsonSerializer.Deserialize(buffer.AsSpan(0, result.Count), Messages.Default.Move)!;
            var answer = JsonSerializer.SerializeToUtf8Bytes(Moved.By(command), Messages.Default.Moved);
            await webSocket.SendAsync(answer.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }

        await webSocket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
