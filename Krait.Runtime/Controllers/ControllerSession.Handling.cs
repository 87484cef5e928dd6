using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Krait.Controllers;

internal sealed partial class ControllerSession<TSelf, TReceive, TSend>
{
    private static readonly Task<bool> Opened = Task.FromResult(true);
    private static readonly Task<bool> NotOpened = Task.FromResult(false);

    /// <summary>Calls [OnOpen]; says whether it went well. Messages wait in line meanwhile.</summary>
    private Task<bool> OpenAsync()
    {
        if (_onOpen is null)
            return Opened;

        _handlers.TryBegin();
        return CallAsync(_onOpen);

        async Task<bool> CallAsync(Func<TSelf, WebSocketConnection<TSend>, ValueTask> onOpen)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // it may block
            var opened = false;
            try
            {
                await onOpen(_controller, _connection).ConfigureAwait(false);
                opened = true;
            }
            catch (Exception e)
            {
                await FailAsync(e, null, fatal: true).ConfigureAwait(false);
            }

            PassTurn();
            return opened;
        }
    }

    /// <summary>Runs [Run] beside the handlers.</summary>
    private async Task RunBesideAsync(Task<bool> opening)
    {
        if (_descriptor.Run is null || !await opening.ConfigureAwait(false) || _isLeftBehind)
            return;

        try
        {
            await (_descriptor.RunOwnsThread ? OnOwnThreadAsync() : Task.Run(CallRun)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailBesideAsync(e).ConfigureAwait(false);
            return;
        }

        if (_queue is not null)
            _lifetime.TryEnd(new(WebSocketCloseStatus.NormalClosure, null, CloseCause.ServerClosed));
    }

    private Task CallRun() => _descriptor.Run!(_controller, _queue!, _connection).AsTask();

    private Task OnOwnThreadAsync()
    {
        var returned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                CallRun().GetAwaiter().GetResult(); // a synchronous [Run]: the task is complete when it is there
                returned.SetResult();
            }
            catch (Exception e)
            {
                returned.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = $"{_runtime.Name} [Run]",
        }.Start();
        return returned.Task;
    }

    /// <summary>Decodes a message and calls its handler. The handlers' turn must be taken; no exception comes out.</summary>
    private ValueTask HandleAsync(WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    {
        if (type == WebSocketMessageType.Binary && _descriptor.OnBinary is { } onBinary)
            return CallHandlerAsync(onBinary, new(type, payload));
        if (_descriptor.OnMessage is not { } onMessage)
        {
            _lifetime.TryEnd(new(WebSocketCloseStatus.InvalidMessageType, "No messages are accepted.", CloseCause.InvalidMessage));
            return default;
        }

        TReceive message;
        try
        {
            message = _codecs.Decoder.Decode(new(type, payload, _connection.Protocol));
        }
        catch (Exception e)
        {
            var error = AsInvalidMessage(e);
            return FailAsync(error, (error as InvalidMessageException)?.Partial, fatal: false);
        }

        return CallHandlerAsync(onMessage, message);
    }

    private ValueTask CallHandlerAsync<TMessage>(Func<TSelf, TMessage, WebSocketConnection<TSend>, ValueTask> handler, TMessage message)
    {
        try
        {
            var handling = handler(_controller, message, _connection);
            return handling.IsCompletedSuccessfully ? default : AwaitedAsync(handling, message);
        }
        catch (Exception e)
        {
            return FailAsync(e, message, fatal: false);
        }
    }

    private async ValueTask AwaitedAsync<TMessage>(ValueTask handling, TMessage message)
    {
        try
        {
            await handling.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailAsync(e, message, fatal: false).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the turn when its handler has returned.</summary>
    private async Task FinishTurnAsync(ValueTask handling, IDisposable? payload)
    {
        await handling.ConfigureAwait(false);
        payload?.Dispose();
        PassTurn();
    }

    /// <summary>Gives the turn to what is in line.</summary>
    private void PassTurn()
    {
        if (_handlers.TryTakeNext(out var next))
            _ = PerformAsync(next);
    }

    /// <summary>Performs what is in line until nothing is. The handlers' turn must be taken.</summary>
    private async Task PerformAsync(QueuedWork work)
    {
        do
        {
            if (work.Call is { } call)
            {
                await call().ConfigureAwait(false);
                work.Called!.SetResult();
                continue;
            }

            if (!_discarding)
                await HandleAsync(work.Type, work.Payload).ConfigureAwait(false);

            work.Return();
            _budget.Remove(work.Length);
        }
        while (_handlers.TryTakeNext(out work));
    }

    /// <summary>Calls something among the handlers, when its turn comes. It must not throw.</summary>
    private Task CallInTurnAsync(Func<ValueTask> call)
    {
        var work = QueuedWork.ToCall(call);
        if (_handlers.TryBeginOrEnqueue(work))
            _ = PerformAsync(work);

        return work.Called!.Task;
    }

    /// <summary>[Run] or a stream has thrown.</summary>
    private Task FailBesideAsync(Exception error) => CallInTurnAsync(() => FailAsync(error, null, fatal: true));

    /// <summary>Lets [OnError] take an exception, else closes the connection. The handlers' turn must be taken; no exception comes out.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="message">The message that failed, or what could be read of it.</param>
    /// <param name="fatal">Whether the connection is closed even if [OnError] answers.</param>
    private async ValueTask FailAsync(Exception error, object? message, bool fatal)
    {
        if (IsFarewell(error))
            return;

        try
        {
            if (_descriptor.OnError?.Invoke(_controller, error, message, _connection) is { } handling)
            {
                await handling.ConfigureAwait(false);
                if (fatal)
                    _lifetime.TryEnd(Failed(error));

                return;
            }
        }
        catch (Exception e)
        {
            if (IsFarewell(e))
                return;

            error = e;
            fatal = true;
        }

        if (error is InvalidMessageException invalid && !fatal)
        {
            var answer = CloseStatuses.Answer(invalid);
            ConnectionLog.InvalidMessage(_runtime.Logger, _runtime.Name, _connection.ConnectionId, (int)answer.Status, invalid.Message);
            _lifetime.TryEnd(answer);
            return;
        }

        if (error is ConnectionClosedException gone && !fatal)
        {
            // Somebody else's connection has closed, which is no reason to close this one.
            ConnectionLog.PeerIsGone(_runtime.Logger, _runtime.Name, _connection.ConnectionId, gone.ConnectionId);
            return;
        }

        ConnectionLog.HandlerFailed(_runtime.Logger, error, _runtime.Name, _connection.ConnectionId);
        _lifetime.TryEnd(Failed(error));
    }

    /// <summary>Whether an exception only says that the connection is going away.</summary>
    private bool IsFarewell(Exception error) => error switch
    {
        OperationCanceledException => _lifetime.Stopping.IsCancellationRequested,
        ConnectionClosedException closed => closed.ConnectionId == _connection.ConnectionId,
        ChannelClosedException => _queue is { Completion.IsCompleted: true },
        _ => false,
    };

    private static CloseInfo Failed(Exception error) =>
        new(WebSocketCloseStatus.InternalServerError, "The server failed.", CloseCause.HandlerFailed) { Error = error };

    /// <summary>What a decoder throws for a message that is none; anything else is a fault of the server.</summary>
    private static Exception AsInvalidMessage(Exception error) => error is FormatException or JsonException
        ? new InvalidMessageException(InvalidMessageKind.Malformed, "The message is malformed.", error)
        : error;
}
