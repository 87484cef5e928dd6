using Krait.Connections;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>
/// The closing handshake of one connection (RFC 6455, section 7.1): our close frame, the client's, and the time that both may
/// take.
/// </summary>
/// <param name="settings">The timeouts.</param>
/// <param name="transport">The connection.</param>
/// <param name="handlers">The controller, whose sends end with the close frame.</param>
/// <param name="lifetime">Its phase.</param>
/// <param name="reading">Completes with how the reading ended.</param>
/// <param name="returned">Completes when no code of the controller runs any more.</param>
internal sealed class ClosingHandshake(
    EndpointSettings settings,
    MessageTransport transport,
    HandlerTable handlers,
    ConnectionLifetime lifetime,
    Task<TransportRead> reading,
    Task returned)
{
    /// <summary>Does the handshake, and breaks the connection if it fails.</summary>
    /// <returns>How the connection ended.</returns>
    public async Task<CloseInfo> RunAsync(CloseInfo why, EndPlan plan)
    {
        if (plan.CloseFrame == CloseFrameTime.AfterHandlers)
        {
            await Task.WhenAny(returned, lifetime.CloseRequested, reading)
                .CompletesWithinAsync(settings.Options.StopTimeout, settings.TimeProvider).ConfigureAwait(false);
        }

        var clean = plan.CloseFrame != CloseFrameTime.Never && await ShakeHandsAsync(why).ConfigureAwait(false);
        if (!clean && !IsDrained())
            transport.Abort();

        lifetime.CompleteHandshake();
        return clean || HasCloseFrame()
            ? why with { WasClean = clean }
            : why with { Status = CloseFrame.Abnormal, Reason = null };
    }

    private async Task<bool> ShakeHandsAsync(CloseInfo why)
    {
        using var deadline = new CancellationTokenSource(settings.Options.CloseTimeout, settings.TimeProvider);
        EndSends(why);
        if (!transport.IsInMessage)
            SendClose(why);

        if (!await reading.CompletesBeforeAsync(deadline.Token).ConfigureAwait(false))
            return false;

        var read = await reading.ConfigureAwait(false);
        if (read.Kind == TransportReadKind.Violation)
            return await transport.DrainAsync(
                () => SendClose(why), settings.Options.CloseTimeout / 2, deadline.Token).ConfigureAwait(false);

        return read.Kind == TransportReadKind.Close
            && await transport.OutputCompletion.CompletesBeforeAsync(deadline.Token).ConfigureAwait(false)
            && await transport.OutputCompletion.ConfigureAwait(false) is null;
    }

    private void EndSends(CloseInfo why)
    {
        if (why.Cause != CloseCause.ClientClosed)
            handlers.Sends.Close(() => new(handlers.Connection.ConnectionId, why));

        handlers.Connection.LeaveRooms(); // nothing follows the close frame, so messages that still wait count as lost
    }

    private void SendClose(CloseInfo why) =>
        transport.SendClose(why.Status, why.Cause == CloseCause.ClientClosed ? null : why.Reason);

    /// <summary>Whether either side sent a close frame.</summary>
    private bool HasCloseFrame() =>
        transport.OutputCompletion is { IsCompletedSuccessfully: true, Result: null }
        || reading is { IsCompletedSuccessfully: true, Result.Kind: TransportReadKind.Close };

    // Aborting resets the connection, which could destroy the close frame; after draining, disposing ends it with FIN.
    private bool IsDrained() =>
        transport.OutputCompletion.IsCompleted
            && reading is { IsCompletedSuccessfully: true, Result.Kind: TransportReadKind.Violation };
}
