using Market;
using Microsoft.Extensions.Time.Testing;

namespace Samples.Tests.Market;

public sealed class ExchangeTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly FakeClient<MarketEvent> ada = new();
    private readonly FakeClient<MarketEvent> bo = new();
    private readonly Exchange exchange;

    public ExchangeTests() => exchange = Open(seed: 1);

    [Fact]
    public void The_same_seed_gives_the_same_prices()
    {
        var twin = Open(seed: 1);
        Trade(exchange, rounds: 20);
        Trade(twin, rounds: 20);

        Assert.Equal(exchange.Listing.Stocks, twin.Listing.Stocks);
    }

    [Fact]
    public void Another_seed_gives_other_prices() => Assert.NotEqual(exchange.Listing.Stocks, Open(seed: 2).Listing.Stocks);

    [Fact]
    public void No_price_walks_away_for_ever()
    {
        Trade(exchange, rounds: 20_000);

        Assert.All(exchange.Listing.Stocks, stock => Assert.InRange(stock.Price, stock.Opening / 2, stock.Opening * 2));
    }

    [Fact]
    public void A_subscriber_is_told_the_latest_quote_at_once_and_every_trade_from_then_on()
    {
        exchange.Subscribe("KRT", ada);
        Assert.Single(ada.Told);
        Trade(exchange, rounds: 100);

        var told = ada.Told.Cast<Quote>().ToList();
        Assert.InRange(told.Count, 50, 101);
        Assert.All(told, quote => Assert.Equal("KRT", quote.Symbol));
        Assert.Equal(exchange.History("KRT", told.Count), told.Select(quote => new PricePoint(quote.Price, quote.At)));
    }

    [Fact]
    public void Who_unsubscribed_is_told_no_more()
    {
        exchange.Subscribe("KRT", bo);
        exchange.Subscribe("KRT", ada).Dispose();
        Trade(exchange, rounds: 20);

        Assert.Single(ada.Told);
        Assert.InRange(bo.Told.Count, 2, 21);
    }

    [Fact]
    public void Of_the_past_the_latest_prices_are_kept_oldest_first()
    {
        Trade(exchange, rounds: 1000);
        var all = exchange.History("KRT", int.MaxValue);

        Assert.Equal(Stock.HistoryLength, all.Count);
        Assert.Equal(all.OrderBy(point => point.At), all);
        Assert.Equal(all.TakeLast(3), exchange.History("KRT", 3));
        Assert.Empty(exchange.History("KRT", -1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("krt")]
    [InlineData("NONE")]
    public void What_is_not_traded_here_is_unknown(string symbol)
    {
        Assert.Throws<UnknownSymbolException>(() => exchange.Subscribe(symbol, ada));
        Assert.Throws<UnknownSymbolException>(() => exchange.History(symbol, 1));
    }

    private Exchange Open(int seed) => new(clock, new FakeRooms<MarketEvent>(), seed);

    private void Trade(Exchange exchange, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            clock.Advance(Exchange.Round);
            exchange.Trade();
        }
    }
}
