using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Market;

namespace Samples.Tests.Market;

/// <summary>A client of the exchange that speaks one of its subprotocols.</summary>
internal sealed class MarketClient : IDisposable
{
    public const string Json = "market.v1+json";
    public const string MessagePack = "market.v1+msgpack";

    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[64 * 1024];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Connects, and hears the listing.</summary>
    public static async Task<(MarketClient Client, Listing Listing)> ConnectAsync(Uri server, string protocol)
    {
        var client = new MarketClient();
        client.socket.Options.AddSubProtocol(protocol);
        await client.socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/market" }.Uri, Cancelled);
        Assert.Equal(protocol, client.socket.SubProtocol);
        return (client, await client.HearAsync<Listing>());
    }

    public Task SayAsync(MarketCommand command)
    {
        if (socket.SubProtocol == Json)
            return SayAsync(JsonSerializer.SerializeToUtf8Bytes(command, JsonSerializerOptions.Web), WebSocketMessageType.Text);

        var output = new ArrayBufferWriter<byte>();
        var type = new MessagePackCodec<MarketCommand>().Encode(command, output);
        return SayAsync(output.WrittenMemory, type);
    }

    public Task SayAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type) => socket.SendAsync(bytes, type, endOfMessage: true, Cancelled).AsTask();

    /// <summary>The next event, which is of this type.</summary>
    public async Task<T> HearAsync<T>()
        where T : MarketEvent
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), Cancelled);
            length += part.Count;
        }
        while (!part.EndOfMessage);

        Assert.Equal(socket.SubProtocol == Json ? WebSocketMessageType.Text : WebSocketMessageType.Binary, part.MessageType);
        var happened = socket.SubProtocol == Json
            ? JsonSerializer.Deserialize<MarketEvent>(buffer.AsSpan(0, length), JsonSerializerOptions.Web)
            : new MessagePackCodec<MarketEvent>().Decode(new(part.MessageType, new(buffer, 0, length)));
        return Assert.IsAssignableFrom<T>(happened);
    }

    public void Dispose() => socket.Dispose();
}
