using System.Runtime.CompilerServices;
using Krait;

namespace Market;

/// <summary>
/// One client of the exchange. The subprotocol selects the format of the messages. The handlers are the same for both.
/// </summary>
[WebSocketController("/market", Protocols = "market.v1+json, market.v1+msgpack", Sends = typeof(MarketEvent), MaxMessageSize = 4096)]
[MessageCodec(typeof(MessagePackCodec<>), Protocol = "market.v1+msgpack")]
public sealed partial class MarketController(Exchange exchange, IRooms<MarketEvent> rooms)
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
    private MarketReply Unsubscribe(Unsubscribe command)
    {
        if (!watched.Remove(command.Symbol, out var membership))
            return new Problem("You do not watch this stock.");

        membership.Dispose();
        return new Unsubscribed(command.Symbol);
    }

    [OnMessage]
    private History GetHistory(GetHistory request) => new(request.Symbol, exchange.History(request.Symbol, request.Points));

    [OnMessage]
    private async IAsyncEnumerable<Flooded> Flood(Flood command, [EnumeratorCancellation] CancellationToken stopping)
    {
        var room = rooms["flood/" + Connection.ConnectionId];
        using var membership = room.Join(Connection);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var round = 1; await timer.WaitForNextTickAsync(stopping); round++)
        {
            for (var repeated = 0; repeated < 10; repeated++)
            {
                foreach (var stock in exchange.Listing.Stocks)
                    room.Send(new Quote(stock.Symbol, stock.Price, DateTime.UtcNow));
            }

            if (round % 50 == 0)
                yield return new(membership.Conflated);
        }
    }

    [OnError]
    private static Problem NotListed(UnknownSymbolException error, MarketCommand? command) => new(error.Message);

    [OnError]
    private static Problem NotUnderstood(InvalidMessageException error) => new(error.Message);
}
