namespace Krait.Transport;

/// <summary>How long the server goes on reading from a client that broke the protocol.</summary>
/// <remarks>
/// A connection that is closed with unread bytes ends in a reset, and a reset destroys the close frame if the client has not
/// read it. The clock starts when the server's close frame has left. Safe to use from any thread.
/// </remarks>
internal sealed class DrainPatience : IDisposable
{
    /// <summary>The maximum time without a byte from the client.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>The maximum time in total, also if the client never stops sending.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The maximum time for which the rest of a message that is too large may delay the close frame.</summary>
    public static readonly TimeSpan LongestMessage = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _message = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenRegistration _deadline;
    private readonly Lock _lock = new();
    private long? _started;

    /// <summary>Prepares the timers.</summary>
    /// <param name="time">Where time comes from.</param>
    /// <param name="deadline">Ends the reading in any case.</param>
    public DrainPatience(TimeProvider time, CancellationToken deadline)
    {
        _time = time;
        _over = new(Timeout.InfiniteTimeSpan, time);
        _deadline = deadline.UnsafeRegister(static over => ((CancellationTokenSource)over!).Cancel(), _over);
    }

    /// <summary>Cancelled when it is time to end the connection.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Completes when the client is no longer in the middle of a message.</summary>
    public Task MessageEnd => _message.Task;

    /// <summary>Call this when the client is not, or no longer, in the middle of a message.</summary>
    public void MessageEnded() => _message.TrySetResult();

    /// <summary>Call this when the server has sent its close frame, or cannot send one.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _started = _time.GetTimestamp();
            _over.CancelAfter(Quiet);
        }
    }

    /// <summary>Call this when bytes of the client have arrived.</summary>
    public void Heard()
    {
        lock (_lock)
        {
            if (_started is not { } started)
                return;

            var rest = Longest - _time.GetElapsedTime(started);
            _over.CancelAfter(rest < TimeSpan.Zero ? TimeSpan.Zero : rest < Quiet ? rest : Quiet);
        }
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _over.Dispose();
    }
}
