using Krait;
using Market;

namespace Samples.Tests.Market;

public sealed class SubscriberListTests
{
    private static readonly Quote First = new("KRT", 100, DateTime.UnixEpoch);
    private static readonly Quote Second = new("KRT", 101, DateTime.UnixEpoch);

    private readonly SubscriberList subscribers = new();
    private readonly FakeClient<MarketEvent> client = new();

    public SubscriberListTests() => subscribers.Add(client);

    [Fact]
    public void Who_is_new_is_told_the_latest_quote_though_nobody_traded()
    {
        subscribers.Tell(Encoded.Create<MarketEvent>(First), isNew: false);

        Assert.Equal([First], client.Told);
    }

    [Fact]
    public void Nobody_is_told_the_same_quote_again()
    {
        subscribers.Tell(Encoded.Create<MarketEvent>(First), isNew: true);
        subscribers.Tell(Encoded.Create<MarketEvent>(First), isNew: false);

        Assert.Equal([First], client.Told);
    }

    [Fact]
    public void Who_had_no_room_is_told_the_latest_quote_as_soon_as_there_is_room_though_nobody_traded()
    {
        client.IsFull = true;
        subscribers.Tell(Encoded.Create<MarketEvent>(First), isNew: true);
        subscribers.Tell(Encoded.Create<MarketEvent>(Second), isNew: true);
        client.IsFull = false;
        subscribers.Tell(Encoded.Create<MarketEvent>(Second), isNew: false);
        subscribers.Tell(Encoded.Create<MarketEvent>(Second), isNew: false);

        Assert.Equal([Second], client.Told);
    }
}
