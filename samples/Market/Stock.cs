namespace Market;

/// <summary>A stock whose price walks at random, and who wants to know. Not thread-safe: the exchange guards it.</summary>
/// <param name="symbol">Names the stock.</param>
/// <param name="name">The company.</param>
/// <param name="opening">The first price, in cents.</param>
/// <param name="now">When it is that.</param>
public sealed class Stock(string symbol, string name, long opening, DateTime now)
{
    public const int HistoryLength = 240;

    private readonly Queue<PricePoint> history = new([new(opening, now)]);

    public Quote Latest { get; private set; } = new(symbol, opening, now);

    public SubscriberList Subscribers { get; } = new();

    public ListedStock Listed => new(symbol, name, opening, Latest.Price);

    public IReadOnlyList<PricePoint> History(int points) => [.. history.TakeLast(points)];

    /// <summary>Perhaps somebody buys or sells; says whether.</summary>
    public bool Trade(Random random, DateTime now)
    {
        var spread = (int)Math.Max(2, opening / 400);
        var pull = (opening - Latest.Price) / 100; // so that it does not walk away for ever
        var step = random.Next(-spread, spread + 1) + pull;
        if (random.Next(4) == 0 || step == 0)
            return false;

        Latest = new(symbol, Math.Max(1, Latest.Price + step), now);
        if (history.Count == HistoryLength)
            history.Dequeue();

        history.Enqueue(new(Latest.Price, now));
        return true;
    }
}
