using System.Net.WebSockets;
using System.Text;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>The messages of the tests' clients.</summary>
internal static class WebSocketEchoExtensions
{
    /// <summary>Sends a text and returns the text that comes next.</summary>
    public static async Task<string> EchoAsync(this WebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var buffer = new byte[1024];
        var read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal((WebSocketMessageType.Text, true), (read.MessageType, read.EndOfMessage));
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }

    /// <summary>Waits for the server's close frame, answers it, and returns its status.</summary>
    public static async Task<WebSocketCloseStatus?> ClosedByServerAsync(this WebSocket socket)
    {
        var read = await socket.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketMessageType.Close, read.MessageType);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        return read.CloseStatus;
    }
}
