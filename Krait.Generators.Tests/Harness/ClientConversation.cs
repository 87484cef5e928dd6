using System.Net.WebSockets;
using System.Text;

namespace Krait.Generators.Tests.Harness;

/// <summary>What the tests' client says and hears.</summary>
internal static class ClientConversation
{
    /// <summary>Sends a text message.</summary>
    public static Task Say(this ClientWebSocket client, string text) =>
        client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>Receives a message of less than 4 KiB: its text, or the close status in brackets.</summary>
    public static async Task<string> Hear(this ClientWebSocket client)
    {
        var buffer = new byte[4096];
        var received = client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        var result = await received.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(result.EndOfMessage);
        return result.MessageType == WebSocketMessageType.Close ? $"[{(int?)result.CloseStatus}]" : Encoding.UTF8.GetString(buffer, 0, result.Count);
    }
}
