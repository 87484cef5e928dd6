using System.Globalization;
using Krait.Redis.Tests.Engine;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms;

namespace Krait.Redis.Tests.Rooms;

/// <summary>Rooms of several servers on one Redis.</summary>
public sealed class SharedRoomTests : OnRedis
{
    private static readonly RoomHistory s_history = new(length: 1_000, age: TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_of_both_servers_get_all_messages_in_one_order(bool hasHistory)
    {
        await using var first = await ServerAsync(hasHistory);
        await using var second = await ServerAsync(hasHistory);
        var (a, b) = (await first.JoinAsync(), await second.JoinAsync());

        Parallel.For(0, 500, i => (i % 2 == 0 ? first : second).Room.Send(new Note(Text(i))));

        await Patience.Until(() => a.Sent.Count == 500 && b.Sent.Count == 500);
        Assert.Equal(a.Sent, b.Sent);
        Assert.Empty(a.Losses);
        Assert.Empty(b.Losses);
    }

    [Fact]
    public async Task With_history_an_interruption_of_the_subscription_loses_nothing()
    {
        await using var first = await ServerAsync(hasHistory: true);
        await using var second = await ServerAsync(hasHistory: true);
        var client = await second.JoinAsync();

        for (var i = 0; i < 300; i++)
        {
            await first.Room.SendAsync(new Note(Text(i)), cancellationToken: Token);
            if (i % 100 == 50)
                await Redis.AskAsync("CLIENT KILL TYPE pubsub");
        }

        await Patience.Until(() => client.Sent.Count == 300);
        Assert.Equal(Enumerable.Range(0, 300).Select(Text), client.Sent);
        Assert.Empty(client.Losses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_Redis_came_back_empty_messages_flow_within_15_seconds_and_every_missing_one_is_told(bool hasHistory)
    {
        await using var first = await ServerAsync(hasHistory);
        await using var second = await ServerAsync(hasHistory);
        var witness = new Witness(await second.JoinAsync());
        var next = 0;
        first.Room.Send(new Note(Text(next)));
        await Patience.Until(() => SendAndLook(first, witness, ref next) && witness.Numbers.Count >= 20);

        Redis.Kill();
        for (var i = 0; i < 20; i++)
            first.Room.Send(new Note(Text(++next)));

        await Redis.RestartAsync();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var lost = next;
        await Patience.Until(() => SendAndLook(first, witness, ref next) && witness.Numbers[^1] > lost);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.NotEmpty(witness.Gaps);
        witness.AssertHonest();
    }

    [Fact]
    public async Task A_client_comes_back_on_another_server_and_gets_what_it_missed()
    {
        await using var first = await ServerAsync(hasHistory: true);
        await using var second = await ServerAsync(hasHistory: true);
        var client = await first.JoinAsync();
        first.Room.Send(new Placed("placed 0"));
        await client.HasSentTexts("placed 0");
        client.Leave();
        await first.Room.SendAsync(new Placed("placed 1"), cancellationToken: Token);

        var resumption = new Resumption { From = client.Sent[0].Split('@')[1] };
        var back = await second.JoinAsync(resumption);

        Assert.True(resumption.Recovered);
        await back.HasSentTexts("placed 1");
    }

    [Fact]
    public async Task After_Redis_has_forgotten_a_room_a_client_is_not_said_to_be_recovered()
    {
        await using var first = await ServerAsync(hasHistory: true);
        await using var second = await ServerAsync(hasHistory: true);
        var client = await first.JoinAsync();
        first.Room.Send(new Placed("placed 0"));
        await client.HasSentTexts("placed 0");

        await Redis.AskAsync("FLUSHALL");
        await first.Room.SendAsync(new Placed("placed 1"), cancellationToken: Token);
        var resumption = new Resumption { From = client.Sent[0].Split('@')[1] };
        await second.JoinAsync(resumption);

        Assert.False(resumption.Recovered);
    }

    [Fact]
    public async Task A_silence_that_is_longer_than_the_history_is_no_loss()
    {
        var history = new RoomHistory(length: 100, age: TimeSpan.FromSeconds(3));
        await using var first = new RoomServer(await Engines.ConnectAsync(), history);
        await using var second = new RoomServer(await Engines.ConnectAsync(), history);
        var client = await first.JoinAsync();
        first.Room.Send(new Note("before"));
        await client.HasSent("before");
        await Patience.Until(async () => await Redis.AskAsync("DBSIZE") == ":1"); // the position of the last message

        var late = await second.JoinAsync(); // finds an empty history
        first.Room.Send(new Note("after"));

        await client.HasSent("before", "after");
        await late.HasSent("after");
        Assert.Empty(client.Losses);
        Assert.Empty(late.Losses);
    }

    [Fact]
    public async Task A_frozen_Redis_ends_every_send_within_10_seconds_with_RoomUnavailableException()
    {
        await using var server = await ServerAsync(hasHistory: true);
        var client = await server.JoinAsync();
        Redis.Freeze();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Assert.ThrowsAsync<RoomUnavailableException>(
            () => server.Room.SendAsync(new Note("1"), cancellationToken: Token).AsTask());

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(11));
        Redis.Thaw();
        await Patience.Until(async () =>
        {
            var sending = server.Room.SendAsync(new Note("2"), cancellationToken: Token).AsTask();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return sending.IsCompletedSuccessfully;
        });
        await Patience.Until(() => client.Sent.Contains("2"));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Sends one more, and returns whether the one before has arrived.</summary>
    private static bool SendAndLook(RoomServer server, Witness witness, ref int next)
    {
        server.Room.Send(new Note(Text(next + 1)));
        return witness.Has(next++);
    }

    private async Task<RoomServer> ServerAsync(bool hasHistory) =>
        new(await Engines.ConnectAsync(), hasHistory ? s_history : null);
}
