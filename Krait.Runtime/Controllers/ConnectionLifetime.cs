using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Krait.Controllers;

/// <summary>When a connection is ending and when it has ended. Thread-safe; the first cause wins.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without a timer holds nothing, and its token may outlive the connection.")]
internal sealed class ConnectionLifetime(ILogger logger)
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<CloseInfo> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _handshake;
    private TaskCompletionSource? _completion;
    private TaskCompletionSource? _closeRequested;
    private Action<CloseInfo>? _onEnding;
    private bool _ended;

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes with the cause of the end, as soon as there is one.</summary>
    public Task<CloseInfo> Ending => _ending.Task;

    /// <summary>Completes when the closing handshake is over, well or not.</summary>
    public Task Handshake => SourceIn(ref _handshake).Task;

    /// <summary>Completes when nothing of the connection is left.</summary>
    public Task Completion => SourceIn(ref _completion).Task;

    /// <summary>Completes when this side asked to close, whatever the cause of the end is.</summary>
    public Task CloseRequested => SourceIn(ref _closeRequested).Task;

    /// <summary>Sets who learns of the cause on the thread that brings it, before anybody else does.</summary>
    public void OnEnding(Action<CloseInfo> onEnding) => _onEnding = onEnding;

    /// <summary>Ends the connection, unless something else ended it before.</summary>
    public bool TryEnd(CloseInfo why)
    {
        if (Interlocked.Exchange(ref _ended, true))
            return false;

        _onEnding?.Invoke(why);
        _ending.SetResult(why);
        return true;
    }

    /// <summary>Ends the connection because its own side asks for it.</summary>
    public void RequestClose(CloseInfo why)
    {
        TryEnd(why);
        SourceIn(ref _closeRequested).TrySetResult();
    }

    public void CompleteHandshake() => SourceIn(ref _handshake).TrySetResult();

    public void Complete() => SourceIn(ref _completion).TrySetResult();

    /// <summary>Cancels <see cref="Stopping"/>; callbacks run elsewhere, and what they throw is logged.</summary>
    public void Stop()
    {
        if (!_stopping.IsCancellationRequested)
            _ = StopAsync();
    }

    // Made when somebody asks: an idle connection is not asked.
    private static TaskCompletionSource SourceIn(ref TaskCompletionSource? place) =>
        Volatile.Read(ref place) ?? Interlocked.CompareExchange(ref place, new(TaskCreationOptions.RunContinuationsAsynchronously), null) ?? place;

    private async Task StopAsync()
    {
        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            ConnectionLog.StoppingCallbackFailed(logger, e);
        }
    }
}
