using System.Net.WebSockets;

namespace Krait.Runtime.Tests.Transport;

internal static class WebSocketClientExtensions
{
    public static async Task<byte[]> ReceiveMessageAsync(this WebSocket client)
    {
        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult result;
        do
        {
            result = await client.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            received.AddRange(buffer.AsSpan(0, result.Count));
        }
        while (!result.EndOfMessage);

        return [.. received];
    }
}
