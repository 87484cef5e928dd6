using System.Diagnostics;
using Krait.Connections;

namespace Krait.Controllers;

/// <summary>The streams that handlers of one connection returned, which run next to the handlers. Thread-safe.</summary>
/// <param name="limit">How many may run at once.</param>
/// <param name="calls">Gets the exceptions of streams.</param>
internal sealed class ReplyStreams(int limit, HandlerCalls calls) : IReplyStreams
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private int _places;
    private int _running;

    /// <inheritdoc/>
    public void Start(Func<ValueTask> stream)
    {
        lock (_gate)
        {
            if (_places == limit)
                throw new TooManyStreamsException(limit);

            _places++;
            _running++;
        }

        var span = Activity.Current;
        Activity.Current = null; // a stream may go on for hours after the message that began it
        _ = RunAsync(stream);
        Activity.Current = span;
    }

    /// <summary>Completes when no stream runs, and the handlers of their failures have returned.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            return _running == 0
                ? Task.CompletedTask
                : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private async Task RunAsync(Func<ValueTask> stream)
    {
        try
        {
            await calls.CallAsync(HandlerKind.Stream, () => CallAsync(stream)).ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    private async ValueTask CallAsync(Func<ValueTask> stream)
    {
        try
        {
            await stream().ConfigureAwait(false);
        }
        finally
        {
            Leave(); // [OnError] may answer the failure with a stream, which needs the place
        }
    }

    private void Leave()
    {
        lock (_gate)
            _places--;
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_running > 0)
                return;

            _idle?.TrySetResult();
            _idle = null;
        }
    }
}
