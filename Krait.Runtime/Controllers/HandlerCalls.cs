using System.Net.WebSockets;
using System.Threading.Channels;
using Krait.Connections;

namespace Krait.Controllers;

/// <summary>Calls the handlers of one connection. Only this class sees their exceptions.</summary>
/// <remarks>Thread-safe. Its methods never throw the exception of a handler.</remarks>
internal sealed class HandlerCalls(
    HandlerTable handlers, HandlerTurns turns, ConnectionLifetime lifetime, ConnectionLog log, CancellationToken requestAborted)
{
    /// <summary>Whether a handler may still be called: no longer when the session has left the handlers behind.</summary>
    public bool MayCall(HandlerKind kind) => !lifetime.IsLeftBehind || kind == HandlerKind.OnClose;

    /// <summary>
    /// Calls a handler. A failure of [Run] or of a stream waits for the handlers' turn; for every other handler, the caller must
    /// own the turn.
    /// </summary>
    /// <returns>Whether the handler has returned, or failed in a way that counts as returned.</returns>
    public ValueTask<bool> CallAsync(HandlerKind kind, Func<ValueTask> handler)
    {
        if (!MayCall(kind))
            return new(false);

        try
        {
            return AwaitAsync<object?>(kind, handler(), message: null);
        }
        catch (Exception e)
        {
            return FailAsync(kind, e, message: null);
        }
    }

    /// <summary>Calls a handler when its turn comes. Completes when it has returned.</summary>
    /// <param name="kind">The handler.</param>
    /// <param name="isWanted">Returns whether there is still a reason to call it when its turn has come.</param>
    /// <param name="handler">Calls it.</param>
    public Task CallInTurnAsync(HandlerKind kind, Func<bool> isWanted, Func<ValueTask> handler) => turns.CallAsync(async () =>
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the handler may block
        if (isWanted())
            await CallAsync(kind, handler).ConfigureAwait(false);
    });

    /// <summary>Waits for a handler that has been called.</summary>
    /// <inheritdoc cref="CallAsync"/>
    public async ValueTask<bool> AwaitAsync<TMessage>(HandlerKind kind, ValueTask handling, TMessage message)
    {
        try
        {
            await handling.ConfigureAwait(false);
            return true;
        }
        catch (Exception e)
        {
            return await FailAsync(kind, e, message).ConfigureAwait(false);
        }
    }

    /// <summary>Decides how the connection goes on after an exception of a handler, or of the decoder before it.</summary>
    /// <param name="kind">The handler.</param>
    /// <param name="error">The exception.</param>
    /// <param name="message">The message that failed, or the part of it that could be read.</param>
    /// <returns>Whether the handler counts as returned.</returns>
    public async ValueTask<bool> FailAsync(HandlerKind kind, Exception error, object? message)
    {
        if (IsFarewell(error))
            return false;

        if (kind == HandlerKind.OnClose)
        {
            log.CloseHandlerFailed(error);
            return false;
        }

        if (kind is not (HandlerKind.Run or HandlerKind.Stream))
            return await JudgeAsync(kind, error, message).ConfigureAwait(false);

        var returned = false;
        await turns.CallAsync(
            async () => returned = await JudgeAsync(kind, error, message).ConfigureAwait(false)).ConfigureAwait(false);
        return returned;
    }

    private async ValueTask<bool> JudgeAsync(HandlerKind kind, Exception error, object? message)
    {
        if (lifetime.IsLeftBehind)
        {
            log.LateFailure(error); // nothing of the controller may be called any more, not even [OnError]
            return false;
        }

        var untaken = await OfferAsync(error, message).ConfigureAwait(false);
        if (untaken is null)
            return GoesOn(kind) || IsPeerGone(error) || End(Failed(error));

        if (IsFarewell(untaken))
            return false;

        if (!IsPeerGone(untaken))
            return EndFor(kind, untaken, isOfHandler: untaken == error);

        log.PeerIsGone(((ConnectionClosedException)untaken).ConnectionId);
        return untaken == error || GoesOn(kind) || End(Failed(error));
    }

    /// <summary>Whether the connection goes on after a handler has failed and [OnError] has taken it.</summary>
    private static bool GoesOn(HandlerKind kind) =>
        kind is HandlerKind.OnMessage or HandlerKind.OnLost or HandlerKind.OnPresence or HandlerKind.OnDrain
            or HandlerKind.OnExpiring;

    /// <summary>Passes an exception to the [OnError] handler that takes it.</summary>
    /// <returns>Null if a handler took it, the exception if none does, else the exception of [OnError].</returns>
    private async ValueTask<Exception?> OfferAsync(Exception error, object? message)
    {
        try
        {
            if (handlers.CallOnErrorAsync(error, message) is not { } handling)
                return error;

            await handling.ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>Ends the connection because of an exception that no [OnError] took.</summary>
    private bool EndFor(HandlerKind kind, Exception error, bool isOfHandler)
    {
        switch (error)
        {
            case TooManyStreamsException:
                log.TooManyStreams(error.Message);
                return End(new(WebSocketCloseStatus.PolicyViolation, "Too many streams are open.", CloseCause.LimitExceeded)
                {
                    Error = error,
                });
            case RateLimitedException limited when isOfHandler:
                log.TooManyMessages(error.Message);
                return End(RateRefusals.Close(limited));
            case InvalidMessageException invalid when isOfHandler && kind == HandlerKind.OnMessage:
                var answer = InvalidMessageAnswer.To(invalid);
                End(answer);
                log.InvalidMessage((int)answer.Status, invalid.Message);
                return false;
            default:
                End(Failed(error)); // before logging, because the application's log may fail
                log.HandlerFailed(error);
                return false;
        }
    }

    private bool End(CloseInfo why)
    {
        lifetime.TryEnd(why);
        return false;
    }

    /// <summary>Whether an exception is only caused by the end of this connection.</summary>
    private bool IsFarewell(Exception error) => error switch
    {
        OperationCanceledException => lifetime.Stopping.IsCancellationRequested || requestAborted.IsCancellationRequested,
        ConnectionClosedException closed => closed.ConnectionId == handlers.Connection.ConnectionId,
        ChannelClosedException => handlers.Queue is { Emptied.IsCompleted: true },
        _ => false,
    };

    /// <summary>Whether a handler sent to another connection that has closed. This one must stay open then.</summary>
    private bool IsPeerGone(Exception error) =>
        error is ConnectionClosedException closed && closed.ConnectionId != handlers.Connection.ConnectionId;

    public static CloseInfo Failed(Exception error) =>
        new(WebSocketCloseStatus.InternalServerError, "The server failed.", CloseCause.HandlerFailed) { Error = error };
}
