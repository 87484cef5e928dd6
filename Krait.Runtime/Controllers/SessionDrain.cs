using Krait.Connections;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>Drains one connection: calls [OnDrain] in the handlers' turn, then ends the connection with 1012.</summary>
/// <remarks>Thread-safe. Its methods never wait and never throw.</remarks>
internal sealed class SessionDrain(
    EndpointSettings settings,
    HandlerTable handlers,
    HandlerCalls calls,
    ConnectionLifetime lifetime,
    DrainInfo info)
{
    private int _begun;

    /// <summary>Whether the connection ends because of the drain, unless something else ends it before.</summary>
    public bool HasBegun => Volatile.Read(ref _begun) == 1;

    /// <summary>Begins, once. The connection must be open.</summary>
    public void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 1 || lifetime.IsEnding)
            return;

        if (handlers.HasOnDrain)
            _ = EndAfterHandlerAsync();
        else
            End();
    }

    /// <summary>
    /// Ends the connection without waiting for [OnDrain]. Messages that it still sends leave before the close frame.
    /// </summary>
    public void End() => lifetime.TryEnd(new(CloseFrame.ServiceRestart, "draining", CloseCause.Draining));

    private async Task EndAfterHandlerAsync()
    {
        // A handler that has the turn may wait for Stopping, which only the end cancels.
        await calls.CallInTurnAsync(
                HandlerKind.OnDrain,
                () => handlers.Connection.TakesSends && !lifetime.DropsLine,
                () => handlers.CallOnDrainAsync(info))
            .CompletesWithinAsync(settings.Options.StopTimeout, settings.TimeProvider).ConfigureAwait(false);
        End();
    }
}
