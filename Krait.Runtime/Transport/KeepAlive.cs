namespace Krait.Transport;

/// <summary>Pings a silent peer, and reports if it does not answer.</summary>
/// <remarks>
/// It waits for an answer only while the connection is being read, because the answer may be unread in the server's buffers.
/// It always sends pings, so that TCP notices a peer that is gone. The deadline of a ping starts when the peer has taken all
/// output before it, if the kernel reports that; until then it runs only while the peer takes nothing. There is one timer, which
/// reads do not touch: when it fires, it checks how long ago the last read was. A server may accept output for a peer that has
/// gone. A read would show that. Without a read, no ping is sent to such a peer: the connection ends as soon as the server
/// reports that it has gone.
/// </remarks>
internal sealed class KeepAlive : IDisposable
{
    private readonly TransportOptions _options;
    private readonly FrameOutput _output;
    private readonly Lock _lock = new();
    private readonly CancellationToken _peerGone;
    private readonly ITimer _timer;
    private long _received;
    private long _waiting;
    private volatile bool _isWaiting;
    private long _lastPing;
    private long _firstUnanswered;
    private long _pingPosition;
    private bool _isBehindOutput; // the ping that is unanswered, as far as the reader knows
    private long _taken;
    private bool _isOver;

    private KeepAlive(TransportOptions options, FrameOutput output, CancellationToken peerGone)
    {
        _peerGone = peerGone;
        _options = options;
        _output = output;
        _received = _lastPing = _firstUnanswered = Now;
        _timer = TimerWithoutContext.Create(options.TimeProvider, static state => ((KeepAlive)state!).Check(), this);
        Schedule();
    }

    private long Now => _options.TimeProvider.GetTimestamp();

    private bool IsUnanswered => Volatile.Read(ref _firstUnanswered) > Volatile.Read(ref _received);

    private bool PingHasLeft => _output.Sent >= _pingPosition;

    private bool DeadlineRuns => IsUnanswered && _isWaiting && _options.KeepAliveTimeout != Timeout.InfiniteTimeSpan;

    private TimeSpan UntilPing => Until(Math.Max(Volatile.Read(ref _received), _lastPing), _options.KeepAliveInterval);

    private TimeSpan UntilDeadline => Until(Math.Max(Volatile.Read(ref _waiting), _firstUnanswered), _options.KeepAliveTimeout);

    private TimeSpan UntilLook
    {
        get
        {
            var look = _options.KeepAliveTimeout / SendDeadline.LooksPerDeadline;
            return _isBehindOutput && look < UntilDeadline ? look : UntilDeadline;
        }
    }

    /// <summary>Starts, or returns null if pings are turned off.</summary>
    public static KeepAlive? Start(TransportOptions options, FrameOutput output, CancellationToken peerGone) =>
        options.KeepAliveInterval == Timeout.InfiniteTimeSpan ? null : new(options, output, peerGone);

    /// <summary>Call this when the reader begins to wait for the peer.</summary>
    public void Waiting()
    {
        // Pings that are sent later have a later time, which is the one that counts. So reads need not look at the clock.
        if (IsUnanswered)
            Volatile.Write(ref _waiting, Now);

        _isWaiting = true;
        if (!IsUnanswered)
            return;

        lock (_lock)
            Schedule();
    }

    /// <summary>Call this when bytes have arrived from the peer.</summary>
    public void Received()
    {
        _isWaiting = false;
        Volatile.Write(ref _received, Now);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _timer.Dispose();
        }
    }

    private void Check()
    {
        CloseCause? lost;
        lock (_lock)
        {
            if (_isOver)
                return;

            if (IsUnanswered && OutputBeforePingMoves())
                Volatile.Write(ref _firstUnanswered, Now);

            lost = FindLoss();
            _isOver = lost is not null;
            if (!_isOver && UntilPing <= TimeSpan.Zero)
                Ping();

            Schedule();
        }

        if (lost is { } cause)
            _output.GiveUp(cause);
        else
            _output.Flush();
    }

    private CloseCause? FindLoss() =>
        DeadlineRuns && UntilDeadline <= TimeSpan.Zero ? CloseCause.KeepAliveTimeout
        : !_isWaiting && UntilPing <= TimeSpan.Zero && _peerGone.IsCancellationRequested ? CloseCause.ConnectionLost
        : null;

    private void Ping()
    {
        _lastPing = Now;
        var progress = _output.Peer?.Read();
        var isBehindOutput = _output.BufferedBytes > 0 || progress is { HasAll: false };
        if (!PingHasLeft || !_output.TryWritePing())
            return;

        _pingPosition = _output.Appended;
        if (IsUnanswered)
            return;

        _isBehindOutput = isBehindOutput;
        _taken = progress?.Taken ?? 0;
        Volatile.Write(ref _firstUnanswered, Now); // not before it was written: the reader may have begun to wait meanwhile
    }

    /// <summary>Whether the peer has taken some of the output before the ping since the last call.</summary>
    private bool OutputBeforePingMoves()
    {
        if (!PingHasLeft)
            return _isBehindOutput = true; // the deadline of sending runs meanwhile

        if (!_isBehindOutput)
            return false;

        if (_output.Peer?.Read() is not { } progress)
        {
            _isBehindOutput = false; // the ping has left since, and nothing more is known
            return true;
        }

        var before = _taken;
        _taken = progress.Taken;
        _isBehindOutput = !progress.HasAll;
        return before != progress.Taken || progress.HasAll;
    }

    private void Schedule()
    {
        if (_isOver)
            return;

        var next = UntilPing;
        if (DeadlineRuns && UntilLook < next)
            next = UntilLook;

        _timer.Change(TimerWithoutContext.AtLeastOneTick(next), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Until(long since, TimeSpan span) => span - _options.TimeProvider.GetElapsedTime(since);
}
