using System.Globalization;
using System.Security.Claims;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Messages over a limit wait, are refused, or close the connection.</summary>
public sealed class RateLimitTests
{
    private static readonly TimeSpan Token = TimeSpan.FromMilliseconds(500); // of [RateLimit(2)]

    private readonly FakeTimeProvider _clock = new();

    internal static string Over(RateLimitedException error) =>
        string.Create(CultureInfo.InvariantCulture, $"over {error.RetryAfter.TotalMilliseconds}");

    [Theory]
    [InlineData("/rates/wait")]
    [InlineData("/rates/queue")]
    public async Task Messages_over_the_limit_wait_and_pings_are_answered_meanwhile(string path)
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync(path);
        await client.SendAsync(ClientFrame.Text("1"), ClientFrame.Text("2"));
        Assert.Equal(["1", "2"], [await client.ReadTextAsync(), await client.ReadTextAsync()]);

        await client.SendAsync(ClientFrame.Text("3"), ClientFrame.Text("4"), ClientFrame.Ping(7));
        await PongAsync(client);

        await AfterAsync(Token, client, "3");
        await AfterAsync(Token, client, "4");
    }

    [Theory]
    [InlineData("/rates/refuse")]
    [InlineData("/rates/refuse/queue")]
    public async Task OnError_hears_once_of_messages_over_the_limit_until_one_is_within_it(string path)
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync(path);
        await client.SendAsync(ClientFrame.Text("1"), ClientFrame.Text("2"));
        Assert.Equal(["1", "2"], [await client.ReadTextAsync(), await client.ReadTextAsync()]);
        await client.SendAsync(ClientFrame.Text("3"));
        Assert.Equal("over 500", await client.ReadTextAsync());
        await client.SendAsync(ClientFrame.Text("4"), ClientFrame.Ping(7));
        await PongAsync(client);

        _clock.Advance(Token);
        await client.SendAsync(ClientFrame.Text("5"));
        Assert.Equal("5", await client.ReadTextAsync());
        await client.SendAsync(ClientFrame.Text("6"));
        Assert.Equal("over 500", await client.ReadTextAsync());
    }

    [Fact]
    public async Task A_refused_message_that_no_OnError_takes_closes_with_1008()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/rates/untaken");
        await AssertClosesAsync(app, client, "1", "2", "3");
    }

    [Fact]
    public async Task A_message_over_a_limit_that_closes_is_not_told_to_OnError()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/rates/close");
        await AssertClosesAsync(app, client, "1", "2", "3");
    }

    [Fact]
    public async Task A_limit_of_one_connection_does_not_hold_for_another()
    {
        await using var app = await StartAsync();
        await using var first = await app.ConnectRawAsync("/rates/refuse");
        await using var second = await app.ConnectRawAsync("/rates/refuse");
        await first.SendAsync(ClientFrame.Text("1"), ClientFrame.Text("2"), ClientFrame.Text("3"));
        Assert.Equal(
            ["1", "2", "over 500"], [await first.ReadTextAsync(), await first.ReadTextAsync(), await first.ReadTextAsync()]);

        await second.SendAsync(ClientFrame.Text("1"), ClientFrame.Text("2"));
        Assert.Equal(["1", "2"], [await second.ReadTextAsync(), await second.ReadTextAsync()]);
    }

    [Fact]
    public async Task Malformed_messages_are_charged()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/rates/types");
        await AskAsync(client, "{", "Malformed");
        await AskAsync(client, "[]", "Malformed");
        await AskAsync(client, Json("shout"), "UnknownType");
        await AskAsync(client, Json("nod"), "Nod");
        await AskAsync(client, "{", "over 250");
    }

    [Fact]
    public async Task A_limit_of_a_type_holds_for_it_and_for_the_types_derived_from_it()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/rates/types");
        await AskAsync(client, Json("search"), "Search");
        await AskAsync(client, Json("report"), "over 1000");
        await AskAsync(client, Json("nod"), "Nod");
        await AskAsync(client, Json("nod"), "Nod");

        _clock.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(client, Json("report"), "Report");
        await AskAsync(client, Json("search"), "over 1000");
    }

    [Fact]
    public async Task A_limit_of_a_type_may_close()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/rates/types");
        await AskAsync(client, Json("leave"), "Leave");
        await client.SendTextAsync(Json("leave"));
        Assert.Equal(1008, (await client.ReadCloseAsync()).CloseStatus);
    }

    [Fact]
    public async Task A_limit_of_a_type_without_union_holds_for_all_messages()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/rates/types/wait");
        await AskAsync(client, """{"Text":"a"}""", "a");
        await client.SendAsync(ClientFrame.Text("""{"Text":"b"}"""), ClientFrame.Ping(7));
        await PongAsync(client);
        await AfterAsync(TimeSpan.FromSeconds(2), client, "b");
    }

    [Fact]
    public async Task A_limit_of_a_type_that_a_codec_tells_apart()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/rates/codec");
        await AskAsync(client, "!", "shouted");
        await AskAsync(client, "?", "murmured");
        await AskAsync(client, "!", "over 1000");
        await AskAsync(client, "?", "murmured");
    }

    [Fact]
    public async Task Connections_of_a_user_share_a_limit_and_those_of_another_do_not()
    {
        await using var app = await StartAsync();
        await using var first = await app.ConnectRawAsync("/rates/user", headers: "X-User: ada\r\n");
        await using var second = await app.ConnectRawAsync("/rates/user", headers: "X-User: ada\r\n");
        await using var other = await app.ConnectRawAsync("/rates/user", headers: "X-User: bob\r\n");
        await using var anonymous = await app.ConnectRawAsync("/rates/user");
        await AskAsync(first, "1", "1");
        await AskAsync(second, "2", "over");
        await AskAsync(other, "3", "3");
        await AskAsync(anonymous, "4", "4");
    }

    [Theory]
    [InlineData("/rates/wait")]
    [InlineData("/rates/queue")]
    public async Task What_waits_when_the_client_closes_is_handled_in_its_time(string path)
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync(path);
        await client.SendAsync(
            ClientFrame.Text("1"), ClientFrame.Text("2"), ClientFrame.Text("3"), ClientFrame.Text("4"), ClientFrame.Close(1000));
        Assert.Equal(1000, (await client.ReadCloseAsync()).CloseStatus);
        await app.Journal().HasCount(2);
        Assert.Equal(["1", "2"], app.Journal().Entries);

        _clock.Advance(Token);
        await app.Journal().Has("3");
        Assert.Empty(app.Journal().Closes);
        await _clock.MoveUntil(Token, app.Journal().Has("4"));
        Assert.Equal(CloseCause.ClientClosed, (await app.Journal().Closed()).Cause);
    }

    [Theory]
    [InlineData("/rates/wait")]
    [InlineData("/rates/queue")]
    public async Task What_waits_when_the_connection_is_lost_is_dropped(string path)
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync(path);
        await client.SendAsync(ClientFrame.Text("1"), ClientFrame.Text("2"), ClientFrame.Text("3"));
        Assert.Equal(["1", "2"], [await client.ReadTextAsync(), await client.ReadTextAsync()]);
        await client.SendAsync(ClientFrame.Ping(7));
        await PongAsync(client);

        client.Reset();

        Assert.Equal(CloseCause.ConnectionLost, (await app.Journal().Closed()).Cause);
        Assert.Equal(["1", "2"], app.Journal().Entries);
    }

    [Fact]
    public async Task When_as_many_wait_as_may_the_server_reads_no_further()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/rates/wait");
        const long limit = 256 * 1024 * 1024;
        byte[] flood = [.. Enumerable.Repeat(ClientFrame.Text("flood"), 10_000).SelectMany(static frame => frame)];

        Assert.NotEqual(limit, await client.FloodAsync(flood, limit));

        Assert.Equal(["flood", "flood"], [await client.ReadTextAsync(), await client.ReadTextAsync()]);
        Assert.Equal(2, app.Journal().Entries.Count);
    }

    private static string Json(string type) => $$"""{"$type":"{{type}}"}""";

    private static async Task AskAsync(RawClient client, string text, string answer)
    {
        await client.SendTextAsync(text);
        Assert.Equal(answer, await client.ReadTextAsync());
    }

    private static async Task PongAsync(RawClient client) => Assert.Equal(FrameOpcode.Pong, (await client.ReadAsync())?.Opcode);

    private static async Task AssertClosesAsync(TestApp app, RawClient client, params string[] messages)
    {
        foreach (var message in messages)
            await client.SendTextAsync(message);

        var close = await client.ReadCloseAsync();
        Assert.Equal(1008, close.CloseStatus);
        await client.SendAsync(ClientFrame.Close(1008));
        var why = await app.Journal().Closed();
        Assert.Equal((CloseCause.LimitExceeded, "Too many messages."), (why.Cause, why.Reason));
        Assert.Equal(Token, Assert.IsType<RateLimitedException>(why.Error).RetryAfter);
    }

    /// <summary>A message that waits is handled when the time has passed, and not a tick before.</summary>
    private async Task AfterAsync(TimeSpan time, RawClient client, string answer)
    {
        _clock.Advance(time - TimeSpan.FromMilliseconds(1));
        await client.SendAsync(ClientFrame.Ping(7));
        await PongAsync(client);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(answer, await client.ReadTextAsync());
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        static app =>
        {
            app.Use(static (context, next) =>
            {
                if (context.Request.Headers["X-User"] is [{ } user])
                    context.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user)], "test"));

                return next(context);
            });
            app.MapWebSocketController<WaitingController>();
            app.MapWebSocketController<WaitingQueueController>();
            app.MapWebSocketController<RefusingController>();
            app.MapWebSocketController<RefusingQueueController>();
            app.MapWebSocketController<UntakenController>();
            app.MapWebSocketController<ClosingRateController>();
            app.MapWebSocketController<TypedRateController>();
            app.MapWebSocketController<TypedWaitController>();
            app.MapWebSocketController<CodecRateController>();
            app.MapWebSocketController<UserRateController>();
        },
        builder => builder.Services.AddSingleton<Journal>().AddSingleton<TimeProvider>(_clock));
}
