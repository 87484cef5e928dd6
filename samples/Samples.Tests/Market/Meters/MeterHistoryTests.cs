using Market.Meters;

namespace Samples.Tests.Market.Meters;

public sealed class MeterHistoryTests
{
    private readonly MeterHistory history = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_begins_to_watch_gets_the_last_minute_oldest_first_and_then_what_is_new()
    {
        Add(1, MeterHistory.Length + 5);
        await using var watched = history.WatchAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.Equal(Enumerable.Range(6, MeterHistory.Length).Select(static number => (long)number), await TakeAsync(watched, MeterHistory.Length));
        var next = TakeAsync(watched, 1);
        Assert.False(next.IsCompleted);
        Add(MeterHistory.Length + 6);
        Assert.Equal([MeterHistory.Length + 6], await next);
    }

    [Fact]
    public async Task Several_watch_at_once()
    {
        await using var one = history.WatchAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        await using var other = history.WatchAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        var (first, second) = (TakeAsync(one, 1), TakeAsync(other, 1));
        Add(7);

        Assert.Equal([7], await first);
        Assert.Equal([7], await second);
    }

    [Fact]
    public async Task Who_is_too_slow_misses_the_oldest()
    {
        Add(1);
        await using var watched = history.WatchAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        await TakeAsync(watched, 1);
        Add(2, 3 * MeterHistory.Length);

        Assert.Equal([2 * MeterHistory.Length + 1], await TakeAsync(watched, 1));
    }

    [Fact]
    public async Task Who_stops_is_not_kept_waiting()
    {
        using var stopping = new CancellationTokenSource();
        await using var watched = history.WatchAsync(stopping.Token).GetAsyncEnumerator(Cancelled);
        var waiting = TakeAsync(watched, 1);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static async Task<List<long>> TakeAsync(IAsyncEnumerator<MeterSnapshot> watched, int count)
    {
        var taken = new List<long>();
        while (taken.Count < count && await watched.MoveNextAsync())
            taken.Add(watched.Current.Connections);

        return taken;
    }

    private void Add(int first, int last = 0)
    {
        for (var number = first; number <= Math.Max(first, last); number++)
            history.Add(new(DateTime.UnixEpoch, number, 0, 0, null, null, 0, 0, 0, 0, new Dictionary<string, long>(), new Dictionary<string, long>()));
    }
}
