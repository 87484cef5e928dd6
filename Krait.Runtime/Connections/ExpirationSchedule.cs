using Krait.Transport;

namespace Krait.Connections;

/// <summary>Tells connections that their time is over: one timer for all of them. Thread-safe.</summary>
/// <remarks>
/// A connection that ends earlier stays in the queue until its time. When most of the queue consists of such connections, they
/// are removed.
/// </remarks>
internal sealed class ExpirationSchedule : IDisposable
{
    /// <summary>The longest time that a timer is set to. It then checks the clock again, because clocks can be set.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private const int FewEnded = 1000;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly PriorityQueue<Expiration, DateTimeOffset> _queue = new();
    private readonly ITimer _timer;
    private int _ended; // are still in the queue

    public ExpirationSchedule(TimeProvider time)
    {
        _time = time;
        _timer = TimerWithoutContext.Create(time, static schedule => ((ExpirationSchedule)schedule!).Advance(), this);
    }

    /// <summary>How many wait, ended ones included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _queue.Count;
        }
    }

    /// <summary>Calls something at a time, unless the result is disposed before. The call must not wait.</summary>
    public IDisposable Add(DateTimeOffset when, Action expired)
    {
        var expiration = new Expiration(this, expired);
        lock (_lock)
        {
            _queue.Enqueue(expiration, when);
            if (_queue.Peek() == expiration)
                SetTimer(when);
        }

        return expiration;
    }

    public void Dispose() => _timer.Dispose();

    private void Advance()
    {
        List<Expiration> due = [];
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            while (_queue.TryPeek(out _, out var when) && when <= now)
                due.Add(_queue.Dequeue());

            if (_queue.TryPeek(out _, out var next))
                SetTimer(next);
        }

        foreach (var expiration in due)
            expiration.Expire();
    }

    private void SetTimer(DateTimeOffset when)
    {
        var wait = when - _time.GetUtcNow();
        _timer.Change(
            wait > LongestWait ? LongestWait : TimerWithoutContext.AtLeastOneTick(wait), Timeout.InfiniteTimeSpan);
    }

    private void CountEnded()
    {
        lock (_lock)
        {
            if (++_ended < FewEnded || _ended < _queue.Count / 2)
                return;

            var live = _queue.UnorderedItems.Where(static item => !item.Element.HasEnded).ToList();
            _queue.Clear();
            _queue.EnqueueRange(live);
            _ended = 0;
        }
    }

    private sealed class Expiration(ExpirationSchedule schedule, Action expired) : IDisposable
    {
        private Action? _expired = expired;

        public bool HasEnded => Volatile.Read(ref _expired) is null;

        public void Expire()
        {
            if (Interlocked.Exchange(ref _expired, null) is { } call)
                call();
            else
                schedule.Forget();
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _expired, null) is not null)
                schedule.CountEnded();
        }
    }

    private void Forget()
    {
        lock (_lock)
            _ended = Math.Max(0, _ended - 1);
    }
}
