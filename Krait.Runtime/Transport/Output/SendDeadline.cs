namespace Krait.Transport;

/// <summary>Expires when a peer takes nothing for too long.</summary>
/// <remarks>
/// The timer is made when a peer is slow for the first time, and is not touched for each piece: when it fires, it checks how long
/// the current piece has taken. A piece may wait long behind bytes in the kernel. So the timer fires more often than it expires,
/// to see whether the peer takes some of these.
/// </remarks>
/// <param name="timeout">How long the peer may take nothing.</param>
/// <param name="time">The clock.</param>
/// <param name="peer">The progress of the peer, as the kernel reports it; null if it does not.</param>
/// <param name="expired">Called once.</param>
internal sealed class SendDeadline(TimeSpan timeout, TimeProvider time, IPeerProgress? peer, Action expired) : IDisposable
{
    /// <summary>How often the kernel is asked within the time of a deadline.</summary>
    public const int LooksPerDeadline = 4;

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private long _since;
    private long? _taken; // unknown until the timer has fired once
    private bool _isRunning;
    private bool _isArmed;
    private bool _isDisposed;

    /// <summary>The carrier did not take a piece at once.</summary>
    public void Start()
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return;

        lock (_lock)
        {
            _since = time.GetTimestamp();
            _isRunning = true;
            if (_isArmed || _isDisposed)
                return;

            _timer ??= TimerWithoutContext.Create(time, static state => ((SendDeadline)state!).Check(), this);
            _taken = null;
            Arm(timeout);
        }
    }

    /// <summary>The piece has left.</summary>
    public void Stop()
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return;

        lock (_lock)
            _isRunning = false;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void Arm(TimeSpan rest)
    {
        _isArmed = true;
        var look = timeout / LooksPerDeadline;
        _timer!.Change(TimerWithoutContext.AtLeastOneTick(peer is null || rest < look ? rest : look), Timeout.InfiniteTimeSpan);
    }

    private void Check()
    {
        lock (_lock)
        {
            _isArmed = false;
            if (!_isRunning || _isDisposed)
                return;

            if (PeerTookSome())
                _since = time.GetTimestamp();

            var rest = timeout - time.GetElapsedTime(_since);
            if (rest > TimeSpan.Zero)
            {
                Arm(rest);
                return;
            }
        }

        expired();
    }

    private bool PeerTookSome()
    {
        if (peer is null)
            return false;

        var before = _taken;
        _taken = peer.Read().Taken;
        return before is not null && before != _taken;
    }
}
