using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Krait.Connections;

/// <summary>
/// The phase of a connection and the first cause of its end. No other class decides them. Thread-safe.
/// </summary>
[SuppressMessage(
    "Reliability", "CA1001", Justification = "A source without a timer holds nothing, and its token may outlive the connection.")]
internal sealed class ConnectionLifetime(ILogger logger)
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<CloseInfo> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _handshake;
    private TaskCompletionSource? _completion;
    private TaskCompletionSource? _closeRequested;
    private IEndingConnection? _connection;
    private volatile EndPlan? _plan;
    private int _phase;

    public CancellationToken Stopping => _stopping.Token;

    public ConnectionPhase Phase
    {
        get
        {
            var phase = (ConnectionPhase)Volatile.Read(ref _phase);
            return phase < ConnectionPhase.Ending && IsEnding ? ConnectionPhase.Ending : phase;
        }
    }

    /// <summary>Whether [OnOpen] has not succeeded yet. There may already be a cause of the end.</summary>
    public bool IsOpening => (ConnectionPhase)Volatile.Read(ref _phase) == ConnectionPhase.Opening;

    /// <summary>Whether there is a cause of the end.</summary>
    public bool IsEnding => _plan is not null;

    /// <summary>Whether messages that wait for a handler are dropped.</summary>
    public bool DropsLine => _plan is { } plan && (plan.Line == WaitingMessages.Drop || IsLeftBehind);

    /// <summary>Whether the connection can no longer be in a room.</summary>
    public bool LeavesRooms => _plan is { Sends: not LateSends.Keep } || Phase == ConnectionPhase.Ended;

    /// <summary>Whether Krait calls only [OnClose] from now on.</summary>
    public bool IsLeftBehind => Phase >= ConnectionPhase.LeftBehind;

    /// <summary>Completes with the cause of the end, as soon as there is one.</summary>
    public Task<CloseInfo> Ending => _ending.Task;

    /// <summary>Completes when the closing handshake has succeeded or failed.</summary>
    public Task Handshake => SourceIn(ref _handshake).Task;

    /// <summary>Completes when the connection has ended and everything is disposed.</summary>
    public Task Completion => SourceIn(ref _completion).Task;

    /// <summary>Completes when this side asked to close, whatever the cause of the end is.</summary>
    public Task CloseRequested => SourceIn(ref _closeRequested).Task;

    /// <summary>Sets the object that is called first with the cause, on the thread that reports it.</summary>
    public void TellFirst(IEndingConnection connection) => _connection = connection;

    /// <summary>Call this when [OnOpen] has succeeded.</summary>
    public void Open() => MoveTo(ConnectionPhase.Talking);

    /// <summary>Ends the connection, unless something else ended it before.</summary>
    public bool TryEnd(CloseInfo why) => TryEnd(why, EndPlan.Of(why));

    /// <summary>
    /// Ends the connection because [OnOpen] did not succeed: whatever the cause of the end is, no message is handled.
    /// </summary>
    public void FailOpening(CloseInfo why)
    {
        if (!TryEnd(why, EndPlan.Of(why) with { Line = WaitingMessages.Drop }))
            _plan = _plan! with { Line = WaitingMessages.Drop };
    }

    /// <summary>Call this when handlers did not return in time.</summary>
    public void LeaveBehind() => MoveTo(ConnectionPhase.LeftBehind);

    /// <summary>Call this before [OnClose]: Krait calls nothing else afterwards.</summary>
    public void EndCalls() => MoveTo(ConnectionPhase.Ended);

    /// <summary>Ends the connection because the server closes it.</summary>
    public void RequestClose(CloseInfo why)
    {
        TryEnd(why);
        SourceIn(ref _closeRequested).TrySetResult();
    }

    public void CompleteHandshake() => SourceIn(ref _handshake).TrySetResult();

    public void Complete() => SourceIn(ref _completion).TrySetResult();

    /// <summary>Cancels <see cref="Stopping"/>. Callbacks run on another thread, and their exceptions are logged.</summary>
    public void Stop()
    {
        if (!_stopping.IsCancellationRequested)
            _ = StopAsync();
    }

    private bool TryEnd(CloseInfo why, EndPlan plan)
    {
        if (Interlocked.CompareExchange(ref _plan, plan, null) is not null)
            return false;

        _connection?.BeginEnding(why, plan);
        _ending.SetResult(why);
        return true;
    }

    private void MoveTo(ConnectionPhase phase)
    {
        Debug.Assert(phase > Phase || IsEnding, "Phases only move on.");
        var before = Volatile.Read(ref _phase);
        int found;

        // It is a barrier too: the next step sees every room that the connection joined before.
        while (before < (int)phase && (found = Interlocked.CompareExchange(ref _phase, (int)phase, before)) != before)
            before = found;
    }

    // Created at the first read, because most connections never need it.
    private static TaskCompletionSource SourceIn(ref TaskCompletionSource? place) =>
        Volatile.Read(ref place)
            ?? Interlocked.CompareExchange(ref place, new(TaskCreationOptions.RunContinuationsAsynchronously), null)
            ?? place;

    private async Task StopAsync()
    {
        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            ConnectionMessages.StoppingCallbackFailed(logger, e);
        }
    }
}
