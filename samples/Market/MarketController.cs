using Krait;

namespace Market;

/// <summary>One client of the exchange. The subprotocol decides how messages look on the wire; the handlers are the same.</summary>
[WebSocketController("/market", Protocols = "market.v1+json, market.v1+msgpack", Sends = typeof(MarketEvent), MaxMessageSize = 4096)]
[MessageCodec(typeof(MessagePackCodec<>), Protocol = "market.v1+msgpack")]
public sealed partial class MarketController(Exchange exchange)
{
    private readonly Dictionary<string, RoomMembership> watched = [];

    [OnOpen]
    private Listing Welcome() => exchange.Listing;

    [OnMessage]
    private Subscribed Subscribe(Subscribe command)
    {
        watched[command.Symbol] = exchange.Subscribe(command.Symbol, Connection);
        return new(command.Symbol);
    }

    [OnMessage]
    private Unsubscribed Unsubscribe(Unsubscribe command)
    {
        if (watched.Remove(command.Symbol, out var membership))
            membership.Dispose();

        return new(command.Symbol);
    }

    [OnMessage]
    private History GetHistory(GetHistory request) => new(request.Symbol, exchange.History(request.Symbol, request.Points));

    [OnError]
    private static Problem NotListed(UnknownSymbolException error, MarketCommand? command) => new(error.Message);

    [OnError]
    private static Problem NotUnderstood(InvalidMessageException error) => new(error.Message);
}
