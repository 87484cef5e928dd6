using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Handlers that throw, and clients that send what they must not.</summary>
public class FailureTests
{
    public static TheoryData<Carrier> Carriers => [Carrier.Http1, Carrier.Http2, Carrier.Http1WithoutStream, Carrier.InMemory];

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task A_handler_that_throws_closes_with_1011_and_its_exception_is_for_the_log_alone(Carrier carrier)
    {
        await using var app = await Served.StartAsync<ObedientController>(carrier);
        using var client = await app.ConnectAsync("obey");
        await client.SendTextAsync("throw");
        AssertFailed(await client.ReceiveCloseAsync());

        var why = await app.Journal().Closed();
        Assert.Equal((CloseCause.HandlerFailed, 1011, ObedientController.Secret), (why.Cause, (int)why.Status, why.Error?.Message));
        var entry = Assert.Single(app.Logs.OfKrait());
        Assert.Equal((LogLevel.Error, ObedientController.Secret), (entry.Level, entry.Error?.Message));
    }

    [Fact]
    public async Task An_error_that_OnError_takes_is_answered_and_the_conversation_goes_on()
    {
        await using var app = await Served.StartAsync<TolerantController>();
        using var client = await app.ConnectAsync("tolerant");
        Assert.Equal("failed: throw", await client.AskAsync("throw"));
        Assert.Equal("hello", await client.AskAsync("hello"));
        Assert.Empty(app.Logs.OfKrait());
    }

    [Fact]
    public async Task An_OnOpen_that_throws_closes_with_1011()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        using var client = await app.ConnectAsync("obey?fail=true");
        AssertFailed(await client.ReceiveCloseAsync());
        Assert.Equal(CloseCause.HandlerFailed, (await app.Journal().Closed()).Cause);
    }

    [Fact]
    public async Task A_Run_that_throws_closes_with_1011()
    {
        await using var app = await Served.StartAsync<FailingRunController>();
        using var client = await app.ConnectAsync("fail/run");
        AssertFailed(await client.ReceiveCloseAsync());
        Assert.Equal(CloseCause.HandlerFailed, (await app.Journal().Closed()).Cause);
    }

    [Fact]
    public async Task A_stream_that_throws_closes_with_1011_after_what_it_yielded()
    {
        await using var app = await Served.StartAsync<FailingStreamController>();
        using var client = await app.ConnectAsync("fail/stream");
        Assert.Equal("1", await client.AskAsync("go"));
        Assert.Equal("2", await client.ReceiveTextAsync());
        AssertFailed(await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task A_message_over_the_limit_is_answered_with_1009()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        using var client = await app.ConnectAsync("obey");
        Assert.Equal(1000, (await client.AskAsync(new('x', 1000))).Length);
        await client.SendTextAsync(new('x', 1001));
        Assert.Equal(1009, (await client.ReceiveCloseAsync()).Status);
        Assert.Equal(CloseCause.MessageTooLarge, (await app.Journal().Closed()).Cause);
    }

    [Fact]
    public async Task A_binary_message_for_a_controller_of_text_is_answered_with_1003()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        using var client = await app.ConnectAsync("obey");
        await client.SendBinaryAsync([1]);
        Assert.Equal(1003, (await client.ReceiveCloseAsync()).Status);
        Assert.Equal(CloseCause.InvalidMessage, (await app.Journal().Closed()).Cause);
    }

    [Fact]
    public async Task OnError_takes_a_message_of_the_wrong_type_and_the_conversation_goes_on()
    {
        await using var app = await Served.StartAsync<TolerantController>();
        using var client = await app.ConnectAsync("tolerant");
        await client.SendBinaryAsync([1]);
        Assert.Equal("invalid: WrongFormat", await client.ReceiveTextAsync());
        Assert.Equal("hello", await client.AskAsync("hello"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"number":"one"}""")]
    [InlineData("""{"number":1}{}""")]
    public async Task Malformed_JSON_is_answered_with_1007_and_no_text_of_the_parsers(string json)
    {
        await using var app = await Served.StartAsync<StrictOrdersController>();
        using var client = await app.ConnectAsync("orders/strict");
        await client.SendTextAsync(json);
        Assert.Equal((1007, "The message is malformed."), await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task OnError_takes_malformed_JSON_and_the_conversation_goes_on()
    {
        await using var app = await Served.StartAsync<TolerantOrdersController>();
        using var client = await app.ConnectAsync("orders/tolerant");
        Assert.Equal("""{"number":-1}""", await client.AskAsync("{"));
        Assert.Equal("""{"number":2}""", await client.AskAsync("""{"number":2}"""));
    }

    [Theory]
    [InlineData("orders/queue")]
    [InlineData("orders/event")]
    public async Task Five_orders_are_all_placed_though_the_client_closes_during_the_first(string path)
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapWebSocketController<QueuedOrdersController>();
                app.MapWebSocketController<EventOrdersController>();
            },
            builder => builder.Services.AddSingleton<Journal>());
        using var client = await app.ConnectAsync(path);
        for (var number = 1; number <= 5; number++)
            await client.SendTextAsync($$"""{"number":{{number}}}""");

        await client.CloseOutputAsync();
        Assert.Equal(1000, (await client.ReceiveCloseAsync()).Status);
        await app.AllEnded();
        Assert.Equal(["placed 1", "placed 2", "placed 3", "placed 4", "placed 5"], app.Journal().Entries);
        Assert.Empty(app.Logs.OfKrait());
    }

    [Fact]
    public async Task Sending_to_a_peer_that_is_gone_does_not_close_who_sends()
    {
        await using var app = await Served.StartAsync<RelayController>(builder => builder.Services.AddSingleton<Peers>());
        using var alice = await app.ConnectAsync("relay/alice");
        using var bob = await app.ConnectAsync("relay/bob");
        Assert.Equal("are you there?", await alice.AskAsync("alice are you there?"));
        Assert.Equal("hi", await bob.AskAsync("bob hi"));
        await bob.CloseAsync();
        await app.Services.GetRequiredService<Peers>()["bob"].Completion.InTime();

        await alice.SendTextAsync("bob where are you?");
        Assert.Equal("well then", await alice.AskAsync("alice well then"));
        Assert.DoesNotContain(app.Logs.OfKrait(), entry => entry.Level >= LogLevel.Error);
    }

    private static void AssertFailed((int Status, string? Reason) close)
    {
        Assert.Equal(1011, close.Status);
        Assert.DoesNotContain(ObedientController.Secret, close.Reason ?? "", StringComparison.Ordinal);
    }
}
