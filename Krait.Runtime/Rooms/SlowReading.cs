using Krait.Transport;

namespace Krait.Rooms;

/// <summary>
/// The state of a connection that reads slowly: which of its memberships wait, and whether the client still takes bytes. Guarded
/// by the output's lock.
/// </summary>
internal sealed class SlowReading(TimeProvider time, TransportOutput output) : IThreadPoolWorkItem, IDisposable
{
    // A server that is only busy passes its buffers to the kernel within a few turns of the thread pool.
    private const int QuickLooks = 4;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(64);

    // A client that has reached its limit is closed if it has taken nothing for this long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<Member> _waiting = [];
    private int _next; // whose turn it is among them
    private long _since;
    private long _sent = -1;
    private long _taken = -1;
    private ITimer? _timer; // made when the server holds too much of the connection for the first time
    private TimeSpan _pause = ShortestPause;
    private bool _looks;
    private int _quickLooks;
    private RoomOutlet? _outlet;

    /// <summary>How many messages wait.</summary>
    public int Messages { get; private set; }

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Counts messages that begin to wait or stop waiting.</summary>
    public void Count(Member member, int more)
    {
        Messages += more;
        if (!member.HasBacklog || member.IsWaiting)
            return;

        member.IsWaiting = true;
        _waiting.Add(member);
    }

    /// <summary>Puts waiting messages in line while there is room.</summary>
    /// <remarks>
    /// The members take turns, one message each; else a busy room could delay the messages of a quiet one for ever.
    /// </remarks>
    /// <returns>The gaps for which [OnLost] must be called.</returns>
    public List<LostGap>? Drain(RoomOutlet outlet)
    {
        List<LostGap>? gaps = null;
        for (var idle = 0; idle < _waiting.Count; _next++)
        {
            if (_next >= _waiting.Count)
                _next = 0;

            idle = outlet.TryDrainOne(_waiting[_next], out var gap) ? 0 : idle + 1;
            if (gap is not null)
                (gaps ??= []).Add(gap);
        }

        RemoveThoseWhoWaitNoMore();
        return gaps;
    }

    /// <summary>
    /// Arranges another look at the connection if no sender will take one: the server does not report when its own buffers become
    /// empty.
    /// </summary>
    public void LookAgain(RoomOutlet outlet, bool hasProgressed)
    {
        if (hasProgressed)
            (_quickLooks, _pause) = (0, ShortestPause);

        Interlocked.MemoryBarrier(); // either the end of [OnOpen] finds this object, or this sees that [OnOpen] has ended

        if (_looks || output.IsBlocked || outlet.IsHeld || !_waiting.Exists(static member => !member.IsPaused))
            return;

        _looks = true;
        _outlet = outlet;
        if (_quickLooks++ < QuickLooks)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        _timer ??= TimerWithoutContext.Create(time, static state => ((SlowReading)state!).Look(), this);
        _timer.Change(_pause, Timeout.InfiniteTimeSpan);
        _pause = _pause >= LongestPause ? LongestPause : _pause * 2;
    }

    void IThreadPoolWorkItem.Execute() => Look();

    public void Dispose() => _timer?.Dispose();

    /// <summary>Whether the client has taken something lately.</summary>
    public bool IsPatient()
    {
        if (output.Sent != _sent)
            Note(output.Peer?.Read().Taken ?? 0);
        else if (time.GetElapsedTime(_since) >= Patience && output.Peer?.Read().Taken is { } taken && taken != _taken)
            Note(taken); // asking the kernel is worth it only where the answer decides

        return time.GetElapsedTime(_since) < Patience;
    }

    private void RemoveThoseWhoWaitNoMore()
    {
        for (var index = _waiting.Count - 1; index >= 0; index--)
        {
            var member = _waiting[index];
            member.IsWaiting = member.HasBacklog;
            if (member.IsWaiting)
                continue;

            _waiting.RemoveAt(index);
            if (index < _next)
                _next--;
        }
    }

    private void Look()
    {
        lock (output.Lock)
            _looks = false;

        _outlet!.Advance();
    }

    private void Note(long taken)
    {
        _sent = output.Sent;
        _taken = taken;
        _since = time.GetTimestamp();
    }
}
