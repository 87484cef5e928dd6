using System.Net.WebSockets;
using System.Text;
using Krait;
using Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Samples.Tests.Market;

/// <summary>The same conversation in both subprotocols, on a real server where the tests decide when is traded.</summary>
public sealed class MarketControllerTests : IAsyncLifetime
{
    private Exchange exchange = null!;
    private WebApplication app = null!;

    public static TheoryData<string> Protocols => [MarketClient.Json, MarketClient.MessagePack];

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddKrait();
        builder.Services.AddSingleton(services => new Exchange(new FakeTimeProvider(), services.GetRequiredService<IRooms<MarketEvent>>()));
        app = builder.Build();
        exchange = app.Services.GetRequiredService<Exchange>();
        app.MapWebSocketController<MarketController>();
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Who_connects_is_told_what_is_traded(string protocol)
    {
        var (client, listing) = await ConnectAsync(protocol);
        using var _ = client;

        Assert.Equal(exchange.Listing.Stocks, listing.Stocks);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Who_subscribes_twice_is_told_every_trade_once(string protocol)
    {
        using var client = await SubscribeAsync(protocol, "KRT");
        await client.SayAsync(new Subscribe("KRT"));
        await client.HearAsync<Quote>();
        Assert.Equal("KRT", (await client.HearAsync<Subscribed>()).Symbol);
        TradeAll();
        await client.SayAsync(new Unsubscribe("KRT"));

        var told = new List<PricePoint>();
        while (await client.HearAsync<MarketEvent>() is Quote quote)
            told.Add(new(quote.Price, quote.At));

        Assert.InRange(told.Count, 10, 20);
        Assert.Equal(exchange.History("KRT", told.Count), told);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Who_unsubscribes_from_what_is_not_watched_hears_of_the_problem(string protocol)
    {
        var (client, _) = await ConnectAsync(protocol);
        using var closing = client;
        await client.SayAsync(new Unsubscribe("NONE") { Id = 19 });
        await client.SayAsync(new Unsubscribe("KRT"));

        Assert.Equal(new Problem("You do not watch this stock.") { Id = 19 }, await client.HearAsync<Problem>());
        Assert.Equal(new Problem("You do not watch this stock."), await client.HearAsync<Problem>());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Who_subscribes_is_told_the_latest_quote_answered_and_then_told_the_trades(string protocol)
    {
        using var client = await SubscribeAsync(protocol, "KRT");
        TradeAll();

        Assert.Equal("KRT", (await client.HearAsync<Quote>()).Symbol);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Who_unsubscribes_is_told_no_more(string protocol)
    {
        using var client = await SubscribeAsync(protocol, "KRT");
        await client.SayAsync(new Unsubscribe("KRT"));
        Assert.Equal("KRT", (await client.HearAsync<Unsubscribed>()).Symbol);
        TradeAll();

        await client.SayAsync(new GetHistory("KRT", 1));
        await client.HearAsync<History>();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_request_is_answered_under_its_id(string protocol)
    {
        var (client, _) = await ConnectAsync(protocol);
        using var closing = client;
        await client.SayAsync(new GetHistory("BOA", 3) { Id = 17 });

        var history = await client.HearAsync<History>();
        Assert.Equal((17, "BOA"), (history.Id, history.Symbol));
        Assert.Equal(exchange.History("BOA", 3), history.Points);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_request_that_fails_is_answered_under_its_id_too(string protocol)
    {
        var (client, _) = await ConnectAsync(protocol);
        using var closing = client;
        await client.SayAsync(new GetHistory("NONE", 3) { Id = 18 });
        await client.SayAsync(new Subscribe("NONE"));

        Assert.Equal(new Problem("No such stock is traded here.") { Id = 18 }, await client.HearAsync<Problem>());
        Assert.Equal(new Problem("No such stock is traded here."), await client.HearAsync<Problem>());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task What_cannot_be_read_is_answered_and_the_conversation_goes_on(string protocol)
    {
        var (client, _) = await ConnectAsync(protocol);
        using var closing = client;
        await client.SayAsync("nonsense"u8.ToArray(), WebSocketMessageType.Text);
        await client.SayAsync("nonsense"u8.ToArray(), WebSocketMessageType.Binary);
        await client.SayAsync(new Subscribe(new string('A', 500))); // more than its type allows, less than the connection does
        await client.SayAsync(new GetHistory("KRT", 1));

        for (var number = 0; number < 3; number++)
            Assert.Null((await client.HearAsync<Problem>()).Id);

        await client.HearAsync<History>();
    }

    [Fact]
    public async Task One_quote_reaches_everybody_whatever_they_speak()
    {
        using var ada = await SubscribeAsync(MarketClient.Json, "COB");
        using var bo = await SubscribeAsync(MarketClient.MessagePack, "COB");
        TradeAll();

        Assert.Equal(await ada.HearAsync<Quote>(), await bo.HearAsync<Quote>());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_client_that_reads_slowly_hears_how_many_quotes_were_conflated(string protocol)
    {
        const int more = 100_000; // more than the buffers of the sockets hold
        var (client, _) = await ConnectAsync(protocol);
        using var closing = client;
        await client.SayAsync(new Flood());
        await client.HearAsync<Quote>();
        var rooms = app.Services.GetRequiredService<IRooms<MarketEvent>>();
        var room = rooms[Assert.Single(rooms.Active)];
        for (var price = 1; price <= more; price++)
            room.Send(new Quote("KRT", price, DateTime.UnixEpoch));

        while (await client.HearAsync<MarketEvent>() is not Flooded { Conflated: > 0 })
        {
        }
    }

    [Fact]
    public async Task A_page_may_write_the_type_where_it_likes()
    {
        var (client, _) = await ConnectAsync(MarketClient.Json);
        using var closing = client;
        await client.SayAsync(Encoding.UTF8.GetBytes("""{"symbol":"KRT","type":"subscribe"}"""), WebSocketMessageType.Text);

        await client.HearAsync<Quote>();
        Assert.Equal("KRT", (await client.HearAsync<Subscribed>()).Symbol);
    }

    /// <summary>Trades so many rounds that every stock is traded.</summary>
    private void TradeAll()
    {
        for (var round = 0; round < 20; round++)
            exchange.Trade();
    }

    private Task<(MarketClient Client, Listing Listing)> ConnectAsync(string protocol) => MarketClient.ConnectAsync(new Uri(app.Urls.Single()), protocol);

    /// <summary>Connects and subscribes; from then on, the client gets trades.</summary>
    private async Task<MarketClient> SubscribeAsync(string protocol, string symbol)
    {
        var (client, _) = await ConnectAsync(protocol);
        await client.SayAsync(new Subscribe(symbol));
        Assert.Equal(symbol, (await client.HearAsync<Quote>()).Symbol);
        Assert.Equal(symbol, (await client.HearAsync<Subscribed>()).Symbol);
        return client;
    }
}
