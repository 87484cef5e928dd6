using Krait;

namespace Market;

/// <summary>A simulated stock exchange: the same seed and the same clock give the same prices. Thread-safe.</summary>
/// <remarks>Quotes are told under the lock, which gives everybody the same order; telling never waits.</remarks>
public sealed class Exchange
{
    /// <summary>How long a round of trading takes.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly Random random;
    private readonly Dictionary<string, Stock> stocks;

    /// <summary>Opens the exchange, which has been trading for a minute.</summary>
    /// <param name="clock">What time it is.</param>
    /// <param name="seed">Decides all prices.</param>
    public Exchange(TimeProvider clock, int seed)
    {
        this.clock = clock;
#pragma warning disable CA5394 // nobody wins anything by knowing these prices before
        random = new Random(seed);
#pragma warning restore CA5394
        var opened = Now - Stock.HistoryLength * Round;
        stocks = new(StringComparer.Ordinal)
        {
            ["KRT"] = new("KRT", "Krait Snakes", 4_210, opened),
            ["ADR"] = new("ADR", "Adder & Sons", 12_880, opened),
            ["BOA"] = new("BOA", "Boa Logistics", 860, opened),
            ["COB"] = new("COB", "Cobra Optics", 31_475, opened),
            ["MMB"] = new("MMB", "Mamba Motors", 7_790, opened),
            ["PYT"] = new("PYT", "Python Cables", 2_345, opened),
        };
        for (var round = 1; round < Stock.HistoryLength; round++)
            Trade(opened + round * Round);
    }

    /// <summary>What is traded here.</summary>
    public Listing Listing
    {
        get
        {
            lock (gate)
                return new([.. stocks.Values.Select(stock => stock.Listed)]);
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Trades one round, and tells who subscribed.</summary>
    public void Trade() => Trade(Now);

    /// <summary>Tells a client the quotes of a stock, beginning with the latest in the next round.</summary>
    /// <exception cref="UnknownSymbolException">There is no such stock.</exception>
    public void Subscribe(string symbol, IMessageSender<MarketEvent> client)
    {
        lock (gate)
            Find(symbol).Subscribers.Add(client);
    }

    /// <summary>Tells it no more.</summary>
    /// <exception cref="UnknownSymbolException">There is no such stock.</exception>
    public void Unsubscribe(string symbol, IMessageSender<MarketEvent> client)
    {
        lock (gate)
            Find(symbol).Subscribers.Remove(client);
    }

    /// <summary>Forgets a client.</summary>
    public void Leave(IMessageSender<MarketEvent> client)
    {
        lock (gate)
        {
            foreach (var stock in stocks.Values)
                stock.Subscribers.Remove(client);
        }
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
