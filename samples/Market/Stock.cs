using Krait;

namespace Market;

/// <summary>A stock whose price walks at random, in cents. Not thread-safe: the exchange guards it.</summary>
public sealed class Stock(string symbol, string name, long opening, DateTime now, IRoom<MarketEvent> room)
{
    public const int HistoryLength = 240;

    private readonly Queue<PricePoint> history = new([new(opening, now)]);

    private Quote latest = new(symbol, opening, now);

    public ListedStock Listed => new(symbol, name, opening, latest.Price);

    public IReadOnlyList<PricePoint> History(int points) => [.. history.TakeLast(points)];

    /// <summary>Sends a client the latest quote now, and every new one through the room.</summary>
    public RoomMembership Subscribe(IMessageSender<MarketEvent> client)
    {
        _ = client.TrySend(latest); // a client whose buffer is full gets the next one
        return room.Join(client);
    }

    /// <summary>Changes the price at random, and sends the new quote to the room.</summary>
    public void Trade(Random random, DateTime now)
    {
        var step = Step(random);
        if (step == 0)
            return;

        Record(new(symbol, Math.Max(1, latest.Price + step), now));
        room.Send(latest);
    }

    private long Step(Random random)
    {
        var spread = (int)Math.Max(2, opening / 400);
        var pull = (opening - latest.Price) / 100; // so that it does not walk away for ever
        var step = random.Next(-spread, spread + 1) + pull;
        return random.Next(4) == 0 ? 0 : step;
    }

    private void Record(Quote quote)
    {
        latest = quote;
        if (history.Count == HistoryLength)
            history.Dequeue();

        history.Enqueue(new(quote.Price, quote.At));
    }
}
