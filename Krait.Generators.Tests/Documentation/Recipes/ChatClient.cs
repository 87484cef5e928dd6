using System.Net.WebSockets;
using System.Text.Json;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>A client of the chat in docs/recipes/from-signalr.md.</summary>
internal abstract class ChatClient(ClientWebSocket socket) : IDisposable
{
    protected ClientWebSocket Socket => socket;

    /// <summary>Says something to the room.</summary>
    public abstract Task Say(string text);

    /// <summary>Waits for the next event, and writes it as its kind and its values.</summary>
    public abstract Task<string> Hear();

    /// <summary>Closes the connection.</summary>
    public Task Leave() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}

/// <summary>A client of the controller.</summary>
internal sealed class PlainClient(ClientWebSocket socket) : ChatClient(socket)
{
    public override Task Say(string text) => Socket.Say(text);

    public override async Task<string> Hear()
    {
        using var message = JsonDocument.Parse(await Socket.Hear());
        return string.Join(' ', message.RootElement.EnumerateObject().Select(property => property.Value.GetString()));
    }
}

/// <summary>A client of the hub: SignalR's protocol in JSON, without the negotiation that comes before it.</summary>
/// <remarks>Each message ends with the character U+001E; several may come in one frame.</remarks>
internal sealed class HubClient : ChatClient
{
    private const char End = '\u001e';
    private const int Invocation = 1;

    private readonly Queue<string> messages = [];

    private HubClient(ClientWebSocket socket)
        : base(socket)
    {
    }

    /// <summary>Makes the handshake.</summary>
    public static async Task<HubClient> Enter(ClientWebSocket socket)
    {
        var client = new HubClient(socket);
        await socket.Say("""{"protocol":"json","version":1}""" + End);
        Assert.Equal("{}", await client.Next());
        return client;
    }

    public override Task Say(string text) =>
        Socket.Say($$"""{"type":{{Invocation}},"target":"Say","arguments":[{{JsonSerializer.Serialize(text)}}]}""" + End);

    public override async Task<string> Hear()
    {
        while (true)
        {
            using var message = JsonDocument.Parse(await Next());
            if (message.RootElement.GetProperty("type").GetInt32() != Invocation)
                continue; // a ping

            var values = message.RootElement.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString());
            return string.Join(' ', values.Prepend(message.RootElement.GetProperty("target").GetString()!.ToLowerInvariant()));
        }
    }

    private async Task<string> Next()
    {
        while (messages.Count == 0)
        {
            foreach (var message in (await Socket.Hear()).Split(End, StringSplitOptions.RemoveEmptyEntries))
                messages.Enqueue(message);
        }

        return messages.Dequeue();
    }
}
