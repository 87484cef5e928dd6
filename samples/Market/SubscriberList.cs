using Krait;

namespace Market;

/// <summary>Who is told the quotes of one stock. Not thread-safe: the exchange guards it.</summary>
/// <remarks>
/// A quote is encoded when the first client is sent it, once in each of the formats that the clients speak.
/// A quote that a client has no room for is dropped, since the next one overtakes it anyway. But the latest is never lost: who could not take it gets it as soon as
/// there is room, though nobody may have traded since. So a slow reader costs no memory and sees fewer quotes, all of them true.
/// </remarks>
public sealed class SubscriberList
{
    // The value: whether the client has yet to be told the latest quote.
    private readonly Dictionary<IMessageSender<MarketEvent>, bool> behind = [];

    public void Add(IMessageSender<MarketEvent> client) => behind.TryAdd(client, true);

    public void Remove(IMessageSender<MarketEvent> client) => behind.Remove(client);

    /// <summary>Tells a quote without waiting for anybody.</summary>
    /// <param name="quote">The latest.</param>
    /// <param name="isNew">Whether it has not been told before; else only those who are behind need it.</param>
    public void Tell(Encoded<MarketEvent> quote, bool isNew)
    {
        foreach (var (client, isBehind) in behind)
        {
            if (isNew || isBehind)
                behind[client] = !client.TrySend(quote);
        }
    }
}
