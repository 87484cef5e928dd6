using System.Diagnostics;
using System.Globalization;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Engine;

/// <summary>What Redis keeps of who is in rooms.</summary>
public sealed class PresenceTests : OnRedis
{
    private const string Members = "krait:{Chat/relay}:members";

    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Each_write_renews_the_lifetime_of_one_day()
    {
        var engine = await Engines.ConnectAsync();
        await WriteAsync(engine, Entry("a", "Ann"));
        Assert.InRange(await LifetimeAsync(), TimeSpan.FromHours(23), TimeSpan.FromDays(1));

        await Redis.AskAsync($"PEXPIRE {Members} 1000000");
        await WriteAsync(engine, Entry("b", null));

        Assert.InRange(await LifetimeAsync(), TimeSpan.FromHours(23), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_room_whose_last_member_is_removed()
    {
        var engine = await Engines.ConnectAsync();
        await WriteAsync(engine, Entry("a", "Ann"));

        await WriteAsync(engine, Entry("a", null));

        Assert.Equal(":0", await Redis.AskAsync("DBSIZE"));
    }

    [Fact]
    public async Task A_later_entry_of_the_same_call_wins()
    {
        var engine = await Engines.ConnectAsync();

        await WriteAsync(engine, Entry("a", "Ann"), Entry("a", null), Entry("b", null), Entry("b", "Bob"));

        Assert.Equal(["b"], (await engine.ListAsync(Relay, Token)).Select(static entry => entry.Connection));
    }

    [Theory]
    [InlineData("field")]
    [InlineData("/connection")]
    [InlineData("server/")]
    [InlineData("/")]
    public async Task Fields_of_another_program_are_skipped(string field)
    {
        var engine = await Engines.ConnectAsync();
        await WriteAsync(engine, Entry("a", "Ann"));

        Assert.Equal(":1", await Redis.AskAsync($"HSET {Members} {field} value"));

        Assert.Equal(["a"], (await engine.ListAsync(Relay, Token)).Select(static entry => entry.Connection));
    }

    [Fact]
    public async Task A_write_that_Redis_refuses_fails()
    {
        var engine = await Engines.ConnectAsync();
        await Redis.AskAsync("CONFIG SET maxmemory 1");

        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(engine, Entry("a", "Ann")));
        await Assert.ThrowsAnyAsync<Exception>(() => engine.RenewAsync("s1", s_long, Token).AsTask());

        await Redis.AskAsync("CONFIG SET maxmemory 0");
        await WriteAsync(engine, Entry("a", "Ann"));
        Assert.Single(await engine.ListAsync(Relay, Token));
    }

    [Fact]
    public async Task After_Redis_came_back_empty_everything_can_be_written_again()
    {
        var engine = await Engines.ConnectAsync();
        await WriteAsync(engine, Entry("a", "Ann"));
        await engine.RenewAsync("s1", s_long, Token);
        Redis.Kill();
        await Redis.RestartAsync();

        await Patience.Until(() => SucceedsAsync(() => WriteAsync(engine, Entry("b", "Bob"))));

        Assert.Equal(["b"], (await engine.ListAsync(Relay, Token)).Select(static entry => entry.Connection));
        Assert.False(await engine.RenewAsync("s1", s_long, Token));
    }

    [Fact]
    public async Task While_Redis_is_away_every_call_fails_at_once()
    {
        var engine = await Engines.ConnectAsync();
        Redis.Kill();
        await Patience.Until(() => !engine.IsAvailable);

        var clock = Stopwatch.StartNew();
        await AssertAllFailAsync(engine);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Every_call_to_a_frozen_Redis_ends()
    {
        var engine = await Engines.ConnectAsync();
        Redis.Freeze();

        var clock = Stopwatch.StartNew();
        await AssertAllFailAsync(engine);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_caller_that_does_not_wait_any_longer_need_not()
    {
        var engine = await Engines.ConnectAsync();
        Redis.Freeze();
        using var ending = new CancellationTokenSource();
        var listing = engine.ListAsync(Relay, ending.Token).AsTask();

        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
    }

    private static PresenceEntry Entry(string connection, string? member) =>
        new("s1", connection, member is null ? (ReadOnlyMemory<byte>?)null : Bytes(member));

    private static Task WriteAsync(RedisBackplane engine, params PresenceEntry[] entries) =>
        engine.WriteAsync(Relay, entries, Token).AsTask().InTime();

    private static async Task AssertAllFailAsync(RedisBackplane engine)
    {
        Task[] calls =
        [
            WriteAsync(engine, Entry("a", "Ann")),
            engine.ListAsync(Relay, Token).AsTask(),
            engine.RenewAsync("s1", s_long, Token).AsTask(),
            engine.FindEndedAsync(["s1"], Token).AsTask(),
        ];
        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<Exception>(() => call.InTime());
    }

    private static async Task<bool> SucceedsAsync(Func<Task> call)
    {
        var calling = call();
        await calling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return calling.IsCompletedSuccessfully;
    }

    private async Task<TimeSpan> LifetimeAsync() => TimeSpan.FromMilliseconds(
        long.Parse((await Redis.AskAsync($"PTTL {Members}"))[1..], CultureInfo.InvariantCulture));
}
