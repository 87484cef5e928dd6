using Krait;

namespace Market;

/// <summary>A simulated stock exchange: the same seed and the same clock give the same prices. Thread-safe.</summary>
/// <remarks>
/// Every stock has a room for the clients that watch it. A room never waits for a client, so the exchange can send quotes under
/// the lock.
/// </remarks>
public sealed class Exchange
{
    /// <summary>How long a round of trading takes.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly Random random;
    private readonly Dictionary<string, Stock> stocks;

    /// <summary>Opens the exchange, which has been trading for a minute. The seed decides all prices.</summary>
    public Exchange(TimeProvider clock, IRooms<MarketEvent> rooms, int seed = 1)
    {
        this.clock = clock;
#pragma warning disable CA5394 // it does no harm if somebody predicts these prices
        random = new Random(seed);
#pragma warning restore CA5394
        var opened = Now - Stock.HistoryLength * Round;
        Stock[] listed =
        [
            Listed("KRT", "Krait Snakes", 4_210),
            Listed("ADR", "Adder & Sons", 12_880),
            Listed("BOA", "Boa Logistics", 860),
            Listed("COB", "Cobra Optics", 31_475),
            Listed("MMB", "Mamba Motors", 7_790),
            Listed("PYT", "Python Cables", 2_345),
        ];
        stocks = listed.ToDictionary(static stock => stock.Listed.Symbol, StringComparer.Ordinal);
        for (var round = 1; round < Stock.HistoryLength; round++)
            Trade(opened + round * Round);

        Stock Listed(string symbol, string name, long opening) => new(symbol, name, opening, opened, rooms["quotes/" + symbol]);
    }

    /// <summary>The stocks of this exchange.</summary>
    public Listing Listing
    {
        get
        {
            lock (gate)
                return new([.. stocks.Values.Select(stock => stock.Listed)]);
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Trades one round, and sends the quotes.</summary>
    public void Trade() => Trade(Now);

    /// <summary>Sends a client the latest quote of a stock now, and every new one until the membership ends.</summary>
    /// <exception cref="UnknownSymbolException">There is no such stock.</exception>
    public RoomMembership Subscribe(string symbol, IMessageSender<MarketEvent> client)
    {
        lock (gate)
            return Find(symbol).Subscribe(client);
    }

    /// <summary>The latest prices of a stock, oldest first.</summary>
    /// <exception cref="UnknownSymbolException">There is no such stock.</exception>
    public IReadOnlyList<PricePoint> History(string symbol, int points)
    {
        lock (gate)
            return Find(symbol).History(points);
    }

    private void Trade(DateTime now)
    {
        lock (gate)
        {
            foreach (var stock in stocks.Values)
                stock.Trade(random, now);
        }
    }

    private Stock Find(string symbol) => stocks.GetValueOrDefault(symbol) ?? throw new UnknownSymbolException();
}
