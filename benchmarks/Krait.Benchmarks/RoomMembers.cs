using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using Krait.CompilerServices;
using Krait.Connections;
using Krait.Messaging;
using Krait.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Krait.Benchmarks;

/// <summary>A room with members that have no socket.</summary>
internal static class RoomMembers
{
    public const int Count = 1000;

    private const int SendBufferSize = 256 * 1024;

    private static readonly SendRules<Price> Rules = new(null, Price.WhenSlow); // one for an endpoint, as generated code has it

    /// <summary>Fills a room.</summary>
    /// <param name="total">Counts what the members are sent.</param>
    /// <param name="stall">Whether the members take nothing but the first bytes.</param>
    /// <param name="delivery">How the members are sent to.</param>
    public static IRoom<Price> Fill(FakePipe.Total total, bool stall = false, RoomDelivery? delivery = null)
    {
        var services = new ServiceCollection().AddLogging().AddKrait().BuildServiceProvider();
        var room = services.GetRequiredService<IRooms<Price>>()["all"];
        for (var i = 0; i < Count; i++)
            room.Join(Connect(new(total, stall)), delivery);

        return room;
    }

    private static WebSocketConnection<Price> Connect(FakePipe pipe)
    {
        var transport = new FrameTransport(Stream.Null, static () => { }, Limits.Of(TimeProvider.System), new(null, pipe));
        var sends = new SendBuffer<Price>(transport, PriceEncoder.Instance, SendBufferSize, Rules);
        var lifetime = new ConnectionLifetime(NullLogger.Instance);
        var connection = new WebSocketConnection<Price>(
            new(new DefaultHttpContext()), null, transport, lifetime, TimeProvider.System, sends);
        transport.OutputObserver = connection;
        lifetime.Open();
        return connection;
    }
}

/// <summary>A message whose text is all that is sent.</summary>
internal sealed record Price(string Symbol, string Text)
{
    /// <summary>What generated code would make of [WhenSlow].</summary>
    public static MessagePolicy WhenSlow(Price price) => MessagePolicy.Conflate(0, price.Symbol);
}

internal sealed class PriceEncoder : IMessageEncoder<Price>
{
    public static readonly PriceEncoder Instance = new();

    public WebSocketMessageType Encode(Price message, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(message.Text, output);
        return WebSocketMessageType.Text;
    }
}
