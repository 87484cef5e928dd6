using Krait;

namespace Market;

/// <summary>One client of the exchange.</summary>
[WebSocketController("/market", Protocols = "market.v1+json", Receives = typeof(MarketCommand), Sends = typeof(MarketEvent), MaxMessageSize = 4096)]
public sealed partial class MarketController(Exchange exchange)
{
    [OnOpen]
    private Listing Welcome() => exchange.Listing;

    [OnMessage]
    private async Task<MarketEvent?> Obey(MarketCommand command)
    {
        switch (command)
        {
            case Subscribe subscribe:
                await Subscribe(subscribe);
                return null;
            case Unsubscribe unsubscribe:
                return Unsubscribe(unsubscribe);
            case GetHistory request:
                return GetHistory(request);
            default:
                throw new InvalidOperationException($"{command.GetType()} is no case of the union.");
        }
    }

    private async Task Subscribe(Subscribe command)
    {
        exchange.Demand(command.Symbol);
        await SendAsync(new Subscribed(command.Symbol), Stopping); // the answer comes before the first quote
        exchange.Subscribe(command.Symbol, Connection);
    }

    private Unsubscribed Unsubscribe(Unsubscribe command)
    {
        exchange.Unsubscribe(command.Symbol, Connection);
        return new(command.Symbol);
    }

    private History GetHistory(GetHistory request) => new(request.Id, request.Symbol, exchange.History(request.Symbol, request.Points));

    [OnError]
    private static Problem NotListed(UnknownSymbolException error, MarketCommand? command) => new((command as GetHistory)?.Id, error.Message);

    [OnError]
    private static Problem NotUnderstood(InvalidMessageException error) => new(null, error.Message);

    [OnClose]
    private void Leave(CloseInfo why) => exchange.Leave(Connection);
}
