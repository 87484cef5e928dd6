using System.Net.WebSockets;
using System.Text;
using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.EndToEnd;

internal static class WebSocketExtensions
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task SendTextAsync(this WebSocket client, string text) =>
        client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Ct).InTime();

    public static Task SendBinaryAsync(this WebSocket client, byte[] bytes) =>
        client.SendAsync(bytes, WebSocketMessageType.Binary, true, Ct).InTime();

    /// <summary>Receives a message; fails if the server closes instead.</summary>
    public static async Task<string> ReceiveTextAsync(this WebSocket client)
    {
        var text = Encoding.UTF8.GetString(await client.ReceiveMessageAsync().InTime());
        Assert.Null(client.CloseStatus);
        return text;
    }

    /// <summary>Says something and returns what is answered.</summary>
    public static async Task<string> AskAsync(this WebSocket client, string text)
    {
        await client.SendTextAsync(text);
        return await client.ReceiveTextAsync();
    }

    /// <summary>Receives the server's close frame, whatever comes before it, and answers it.</summary>
    public static async Task<(int Status, string? Reason)> ReceiveCloseAsync(this WebSocket client)
    {
        while (client.CloseStatus is null)
            await client.ReceiveMessageAsync().InTime();

        if (client.State == WebSocketState.CloseReceived)
            await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Ct).InTime();

        return ((int)client.CloseStatus!.Value, client.CloseStatusDescription);
    }

    /// <summary>Closes, and waits for the server's answer.</summary>
    public static Task CloseAsync(this WebSocket client, int status = 1000, string? reason = null) =>
        client.CloseAsync((WebSocketCloseStatus)status, reason, Ct).InTime();

    /// <summary>Sends the close frame without waiting for the server's.</summary>
    public static Task CloseOutputAsync(this WebSocket client, int status = 1000, string? reason = null) =>
        client.CloseOutputAsync((WebSocketCloseStatus)status, reason, Ct).InTime();
}
