namespace Krait.Transport;

/// <summary>Expires when one piece of output takes too long to leave.</summary>
/// <remarks>
/// The timer is made when a peer is slow for the first time, and is not touched for each piece: when it fires, it looks how long the piece under way has taken.
/// </remarks>
internal sealed class SendDeadline(TimeSpan timeout, TimeProvider time, Action expired) : IDisposable
{
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private long _since;
    private bool _isRunning;
    private bool _isArmed;
    private bool _isDisposed;

    /// <summary>A piece was given to the carrier, which did not take it at once.</summary>
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

            _isArmed = true;
            _timer ??= TimerWithoutContext.Create(time, static state => ((SendDeadline)state!).Check(), this);
            _timer.Change(timeout, Timeout.InfiniteTimeSpan);
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

    private void Check()
    {
        lock (_lock)
        {
            _isArmed = false;
            if (!_isRunning || _isDisposed)
                return;

            var rest = timeout - time.GetElapsedTime(_since);
            if (rest > TimeSpan.Zero)
            {
                _isArmed = true;
                _timer!.Change(TimerWithoutContext.AtLeastOneTick(rest), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        expired();
    }
}
