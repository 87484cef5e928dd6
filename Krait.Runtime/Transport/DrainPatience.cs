namespace Krait.Transport;

/// <summary>How long the server goes on listening to a client that broke the protocol.</summary>
/// <remarks>
/// A connection that is closed with unread bytes ends in a reset, and a reset destroys the close frame if the client has not
/// read it. The clock starts when the server's close frame has left. Safe to use from any thread.
/// </remarks>
internal sealed class DrainPatience : IDisposable
{
    /// <summary>After so long without a byte of the client, nothing more is expected.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>After so long even a client that never stops is left.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>For so long the rest of a message that is too large may delay the close frame.</summary>
    public static readonly TimeSpan LongestMessage = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _message = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenRegistration _deadline;
    private readonly Lock _lock = new();
    private long? _started;

    /// <summary>Prepares to listen.</summary>
    /// <param name="time">Where time comes from.</param>
    /// <param name="deadline">Ends the listening in any case.</param>
    public DrainPatience(TimeProvider time, CancellationToken deadline)
    {
        _time = time;
        _over = new(Timeout.InfiniteTimeSpan, time);
        _deadline = deadline.UnsafeRegister(static over => ((CancellationTokenSource)over!).Cancel(), _over);
    }

    /// <summary>Cancelled when it is time to end the connection.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Completes when the client is not in the middle of a message any more.</summary>
    public Task MessageEnd => _message.Task;

    /// <summary>The client is not in the middle of a message, or not any more.</summary>
    public void MessageEnded() => _message.TrySetResult();

    /// <summary>The server's close frame has left, or never will.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _started = _time.GetTimestamp();
            _over.CancelAfter(Quiet);
        }
    }

    /// <summary>The client said something.</summary>
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
