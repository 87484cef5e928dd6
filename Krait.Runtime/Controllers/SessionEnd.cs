using Krait.Connections;

namespace Krait.Controllers;

/// <summary>
/// Carries out the end of one connection: the closing handshake, the handlers' return, [OnClose], and the disposal of everything.
/// </summary>
internal sealed class SessionEnd(
    EndpointSettings settings, HandlerTable handlers, ConnectionLifetime lifetime, ConnectionLog log, HandlerCalls calls)
{
    public required ClosingHandshake Handshake { get; init; }

    public required ReceivedLine Line { get; init; }

    /// <summary>Completes when no code of the controller runs any more.</summary>
    public required Task Returned { get; init; }

    public required TransportEnd Transport { get; init; }

    public required ConnectionScope? Scope { get; init; }

    private TimeSpan StopTimeout => settings.Options.StopTimeout;

    /// <summary>Ends the connection.</summary>
    /// <param name="why">The first cause.</param>
    /// <returns>How it ended: the argument of [OnClose].</returns>
    public async Task<CloseInfo> RunAsync(CloseInfo why)
    {
        var plan = EndPlan.Of(why);
        var closing = CloseAsync(why, plan);
        if (plan.Stopping == StoppingTime.AfterLine)
            await Line.WhenHandledAsync().ConfigureAwait(false);

        lifetime.Stop();
        if (!await Returned.CompletesWithinAsync(StopTimeout, settings.TimeProvider).ConfigureAwait(false))
        {
            lifetime.LeaveBehind();
            log.HandlersDidNotReturn(StopTimeout);
        }

        why = await closing.ConfigureAwait(false);
        await Transport.FinishAsync(lifetime.IsLeftBehind).ConfigureAwait(false);
        handlers.Sends.Close(() => new(handlers.Connection.ConnectionId, why));
        lifetime.EndCalls();
        handlers.Connection.LeaveRooms();
        await CallOnCloseAsync(why).ConfigureAwait(false);
        await DisposeAsync("controller", () => ControllerDisposal.DisposeAsync(handlers.Controller)).ConfigureAwait(false);
        if (Scope is not null)
            await DisposeAsync("scope", Scope.DisposeAsync).ConfigureAwait(false);

        log.Closed(why);
        return why;
    }

    /// <summary>
    /// Closes the socket as soon as the handshake is over. Handlers that are still running keep their time without it.
    /// </summary>
    private async Task<CloseInfo> CloseAsync(CloseInfo why, EndPlan plan)
    {
        why = await Handshake.RunAsync(why, plan).ConfigureAwait(false);
        Transport.Begin(DisposeTransportAsync);
        return why;

        Task DisposeTransportAsync(Func<ValueTask> dispose) => DisposeAsync("transport", dispose);
    }

    private async Task CallOnCloseAsync(CloseInfo why)
    {
        if (!handlers.HasOnClose)
            return;

        using var deadline = new CancellationTokenSource(StopTimeout, settings.TimeProvider);
        var cancelled = deadline.Token;
        var closing = Task.Run(
            () => calls.CallAsync(HandlerKind.OnClose, () => handlers.CallOnCloseAsync(why, cancelled)).AsTask());
        if (!await closing.CompletesWithinAsync(StopTimeout, settings.TimeProvider).ConfigureAwait(false)
            && !await closing.CompletesWithinAsync(settings.Options.CloseTimeout, settings.TimeProvider).ConfigureAwait(false))
        {
            log.CloseHandlerDidNotReturn();
        }
    }

    /// <summary>Disposes something that may throw or block, so that it cannot keep the rest from being disposed.</summary>
    private async Task DisposeAsync(string what, Func<ValueTask> dispose)
    {
        var disposing = Task.Run(() => dispose().AsTask());
        if (!await disposing.CompletesWithinAsync(StopTimeout, settings.TimeProvider).ConfigureAwait(false))
            log.DisposeDidNotReturn(what, StopTimeout);
        else if (disposing.Exception is { InnerException: { } error })
            log.DisposeFailed(what, error);
    }
}
