using System.Net.WebSockets;
using System.Text;
using Krait.Transport;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>The table "End, by cause", row by row, with a clock that only the test moves.</summary>
public sealed class SessionEndTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_close_is_echoed_and_the_end_is_clean()
    {
        var probe = new SessionProbe { OnMessage = (_, _) => default }.Start();
        probe.Transport.Receive(TransportRead.Close((WebSocketCloseStatus)3001, "bye"));
        await probe.Ended();

        Assert.Equal(["close 3001"], probe.Sent);
        Assert.Equal((3001, "bye", CloseCause.ClientClosed, true), ((int)probe.Closed.Status, probe.Closed.Reason, probe.Closed.Cause, probe.Closed.WasClean));
    }

    [Fact]
    public async Task Messages_received_before_a_client_close_are_handled_before_Stopping_fires()
    {
        var gate = new TaskCompletionSource();
        var handled = new List<string>();
        var probe = new SessionProbe
        {
            OnMessage = async (message, connection) =>
            {
                await gate.Task;
                Assert.False(connection.Stopping.IsCancellationRequested);
                handled.Add(message);
            },
        }.Start();
        for (var i = 1; i <= 5; i++)
            probe.Transport.Receive($"{i}");

        probe.ClientCloses();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        gate.SetResult();
        await probe.Ended();
        Assert.Equal(["1", "2", "3", "4", "5"], handled);
    }

    [Fact]
    public async Task Five_orders_are_all_placed_when_the_client_closes_during_the_first()
    {
        var gate = new TaskCompletionSource();
        var placed = new List<string>();
        var probe = new SessionProbe
        {
            Delivery = MessageDelivery.Queue,
            Run = async (orders, connection) =>
            {
                await foreach (var order in orders.ReadAllAsync(CancellationToken.None))
                {
                    await gate.Task.WaitAsync(connection.Stopping);
                    connection.Stopping.ThrowIfCancellationRequested();
                    placed.Add(order);
                    await connection.SendAsync("receipt", CancellationToken.None); // goes nowhere, without a word
                }
            },
        }.Start();
        for (var i = 1; i <= 5; i++)
            probe.Transport.Receive($"{i}");

        probe.ClientCloses();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        gate.SetResult();
        await probe.Ended();
        Assert.Equal(["1", "2", "3", "4", "5"], placed);
        Assert.Equal(["close 1000"], probe.Sent);
    }

    [Fact]
    public async Task After_a_client_close_TrySend_is_false_and_replies_go_nowhere()
    {
        var gate = new TaskCompletionSource();
        var probe = new SessionProbe
        {
            OnMessage = async (message, connection) =>
            {
                await gate.Task;
                await connection.ReplyAsync(message);
                await connection.SendAsync(message, CancellationToken.None);
            },
        }.Start();
        probe.Transport.Receive("x");
        probe.ClientCloses();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        Assert.False(probe.Connection.TrySend("x"));
        gate.SetResult();
        await probe.Ended();
        Assert.Equal(["close 1000"], probe.Sent);
        Assert.Empty(probe.Log.Entries);
    }

    [Fact]
    public async Task Our_close_leaves_after_what_was_queued_and_waits_for_the_echo()
    {
        var probe = new SessionProbe { OnMessage = (_, _) => default }.Start();
        Assert.True(probe.Connection.TrySend("last"));
        probe.Connection.Close(4000, "enough");
        Assert.False(probe.Connection.TrySend("too late"));
        probe.Transport.Receive("discarded");
        Assert.False(probe.Running!.IsCompleted);
        probe.Transport.Receive(TransportRead.Close((WebSocketCloseStatus)4000, null));
        await probe.Ended();

        Assert.Equal(["last", "close 4000 enough"], probe.Sent);
        Assert.Equal((4000, CloseCause.ServerClosed, true), ((int)probe.Closed.Status, probe.Closed.Cause, probe.Closed.WasClean));
    }

    [Fact]
    public async Task The_first_close_wins()
    {
        var probe = new SessionProbe().Start();
        probe.Connection.Close(4000);
        probe.Connection.Close(4001);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["close 4000"], probe.Sent);
    }

    [Fact]
    public async Task A_client_that_never_echoes_is_aborted_after_CloseTimeout()
    {
        var probe = new SessionProbe().Start();
        var closing = probe.Connection.CloseAsync(cancellationToken: Cancel);
        Assert.False(closing.IsCompleted);
        await probe.Moves(probe.Options.CloseTimeout, until: () => probe.Transport.Aborted);
        await closing;
        await probe.Ended();
        Assert.True(probe.Transport.Aborted);
        Assert.False(probe.Closed.WasClean);
    }

    [Fact]
    public async Task CloseAsync_returns_inside_the_connections_own_handler()
    {
        var probe = new SessionProbe { OnMessage = async (_, connection) => await connection.CloseAsync(cancellationToken: Cancel) }.Start();
        probe.Transport.Receive("close please");
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.True(probe.Closed.WasClean);
    }

    [Fact]
    public async Task CloseAsync_returns_inside_a_handler_while_the_host_stops()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new SessionProbe
        {
            OnMessage = async (_, connection) =>
            {
                entered.SetResult();
                await connection.Stopping.WaitAsync();
                await connection.CloseAsync(cancellationToken: Cancel);
            },
        }.Start();
        probe.Transport.Receive("x");
        await entered.Task.WaitAsync(Moment, Cancel);
        probe.StopHost();
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["close 1001 The server is stopping."], probe.Sent);
    }

    [Fact]
    public async Task A_queue_whose_Run_returns_is_closed_with_1000()
    {
        var probe = new SessionProbe { Delivery = MessageDelivery.Queue, Run = (_, connection) => connection.SendAsync("done", CancellationToken.None) }.Start();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["done", "close 1000"], probe.Sent);
        Assert.Equal(CloseCause.ServerClosed, probe.Closed.Cause);
    }

    [Fact]
    public async Task In_Event_delivery_a_Run_that_returns_leaves_the_connection_open()
    {
        var returned = new TaskCompletionSource();
        var probe = new SessionProbe
        {
            OnMessage = (message, connection) => connection.ReplyAsync(message),
            Run = (_, _) =>
            {
                returned.SetResult();
                return default;
            },
        }.Start();
        await returned.Task.WaitAsync(Moment, Cancel);
        probe.Transport.Receive("still here");
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["still here", "close 1000"], probe.Sent);
    }

    [Fact]
    public async Task When_the_host_stops_a_handler_says_goodbye_before_the_1001()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new SessionProbe
        {
            OnMessage = async (_, connection) =>
            {
                entered.SetResult();
                await connection.Stopping.WaitAsync();
                await connection.SendAsync("goodbye", CancellationToken.None);
            },
        }.Start();
        probe.Transport.Receive("x");
        await entered.Task.WaitAsync(Moment, Cancel);
        probe.StopHost();
        await probe.Until(() => probe.Sent.Count == 2);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["goodbye", "close 1001 The server is stopping."], probe.Sent);
        Assert.Equal((CloseCause.HostStopping, true), (probe.Closed.Cause, probe.Closed.WasClean));
    }

    [Theory]
    [InlineData(CloseCause.ConnectionLost)]
    [InlineData(CloseCause.KeepAliveTimeout)]
    [InlineData(CloseCause.SendTimeout)]
    public async Task A_broken_connection_stops_at_once_and_is_aborted(CloseCause cause)
    {
        var probe = new SessionProbe
        {
            OnMessage = async (_, connection) =>
            {
                await connection.Stopping.WaitAsync();
                await connection.SendAsync("to whom?", CancellationToken.None);
            },
        }.Start();
        probe.Transport.Receive("x");
        probe.Transport.Receive(TransportRead.Lost(cause));
        await probe.Ended();
        Assert.Empty(probe.Sent);
        Assert.True(probe.Transport.Aborted);
        Assert.Equal((1006, cause, false), ((int)probe.Closed.Status, probe.Closed.Cause, probe.Closed.WasClean));
        Assert.Empty(probe.Log.Entries);
    }

    [Fact]
    public async Task A_handler_that_fails_is_logged_once_and_closes_with_1011_and_no_text_of_the_exception()
    {
        var probe = new SessionProbe { OnMessage = (_, _) => throw new InvalidOperationException("secret") }.Start();
        probe.Transport.Receive("1");
        probe.Transport.Receive("2");
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["close 1011 The server failed."], probe.Sent);
        Assert.StartsWith("Error:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);
        Assert.Equal("secret", probe.Closed.Error?.Message);
    }

    [Fact]
    public async Task An_error_that_a_handler_takes_leaves_the_connection_open()
    {
        var probe = new SessionProbe
        {
            OnMessage = (message, connection) => message == "bad" ? throw new InvalidOperationException("oops") : connection.ReplyAsync(message),
            OnError = (error, message, connection) => connection.ReplyAsync($"{message}: {error.Message}"),
        }.Start();
        probe.Transport.Receive("bad");
        probe.Transport.Receive("good");
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["bad: oops", "good", "close 1000"], probe.Sent);
        Assert.Empty(probe.Log.Entries);
    }

    [Fact]
    public async Task A_failing_OnOpen_may_be_answered_and_then_closes_with_1011()
    {
        var probe = new SessionProbe
        {
            OnOpen = _ => throw new InvalidOperationException("no"),
            OnMessage = (_, connection) => connection.ReplyAsync("never"),
            OnError = (error, _, connection) => connection.ReplyAsync($"sorry: {error.Message}"),
        }.Start();
        probe.Transport.Receive("x");
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["sorry: no", "close 1011 The server failed."], probe.Sent);
    }

    [Fact]
    public async Task A_failing_Run_closes_with_1011()
    {
        var probe = new SessionProbe { Run = (_, _) => throw new InvalidOperationException("no") }.Start();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["close 1011 The server failed."], probe.Sent);
        Assert.Equal(CloseCause.HandlerFailed, probe.Closed.Cause);
    }

    [Fact]
    public async Task A_failing_stream_closes_with_1011()
    {
        var probe = new SessionProbe { OnMessage = (_, connection) => connection.StartStreamAsync(Failing()) }.Start();
        probe.Transport.Receive("x");
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["item", "close 1011 The server failed."], probe.Sent);

        static async IAsyncEnumerable<string> Failing()
        {
            await Task.Yield();
            yield return "item";
            throw new InvalidOperationException("no more");
        }
    }

    [Fact]
    public async Task A_violation_is_answered_with_its_status()
    {
        var probe = new SessionProbe().Start();
        probe.Transport.Receive(TransportRead.ProtocolError("A reserved bit is set."));
        await probe.Ended();
        Assert.Equal(["close 1002 A reserved bit is set."], probe.Sent);
        Assert.Equal((CloseCause.ProtocolError, false), (probe.Closed.Cause, probe.Closed.WasClean));
        Assert.False(probe.Transport.Aborted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_violation_OnClose_waits_for_the_clients_close_frame_and_says_whether_it_came(bool came)
    {
        var drained = new TaskCompletionSource<bool>();
        var probe = new SessionProbe();
        probe.Transport.Drained = drained.Task;
        probe.Start();
        probe.Transport.Receive(TransportRead.TooLarge());
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        Assert.Empty(probe.Closes);
        drained.SetResult(came);
        await probe.Ended();
        Assert.Equal((CloseCause.MessageTooLarge, came), (probe.Closed.Cause, probe.Closed.WasClean));
        Assert.False(probe.Transport.Aborted);
    }

    [Fact]
    public async Task After_a_violation_nobody_is_waited_for_longer_than_the_close_timeout_and_nothing_is_reset()
    {
        var drained = new TaskCompletionSource<bool>();
        var probe = new SessionProbe();
        probe.Transport.Drained = drained.Task;
        probe.Start();
        probe.Transport.Receive(TransportRead.TooLarge());
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        await probe.Moves(probe.Options.CloseTimeout, until: () => probe.Connection.Lifetime.Handshake.IsCompleted);
        await probe.Ended();
        Assert.False(probe.Closed.WasClean);
        Assert.False(probe.Transport.Aborted);
    }

    [Theory]
    [InlineData(InvalidMessageKind.Malformed, 1007, CloseCause.InvalidMessage)]
    [InlineData(InvalidMessageKind.UnknownType, 1007, CloseCause.InvalidMessage)]
    [InlineData(InvalidMessageKind.WrongFormat, 1003, CloseCause.InvalidMessage)]
    [InlineData(InvalidMessageKind.TooLarge, 1009, CloseCause.MessageTooLarge)]
    public async Task An_invalid_message_that_nobody_takes_closes_with_its_status(InvalidMessageKind kind, int status, CloseCause cause)
    {
        var probe = new SessionProbe { Decoder = new Refusing(kind), OnMessage = (_, _) => default }.Start();
        probe.Transport.Receive("secret");
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.StartsWith($"close {status} ", Assert.Single(probe.Sent), StringComparison.Ordinal);
        Assert.Equal(cause, probe.Closed.Cause);
        Assert.Single(probe.Log.Entries);
    }

    [Theory]
    [InlineData(MessageDelivery.Event)]
    [InlineData(MessageDelivery.Queue)]
    public async Task An_invalid_message_that_is_taken_leaves_the_connection_open(MessageDelivery delivery)
    {
        var probe = new SessionProbe
        {
            Delivery = delivery,
            Decoder = new Refusing(InvalidMessageKind.Malformed),
            OnMessage = delivery == MessageDelivery.Event ? (_, _) => default : null,
            OnError = (error, partial, connection) => error is InvalidMessageException e ? connection.ReplyAsync($"{e.Kind} {partial}") : null,
        }.Start();
        probe.Transport.Receive("a");
        probe.Transport.Receive("b");
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["Malformed part of a", "Malformed part of b", "close 1000"], probe.Sent);
    }

    [Fact]
    public async Task Without_an_OnMessage_any_data_is_answered_with_1003()
    {
        var probe = new SessionProbe().Start();
        probe.Transport.Receive("x");
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.StartsWith("close 1003", Assert.Single(probe.Sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_never_returns_is_aborted_after_StopTimeout_with_a_warning_and_OnClose_is_still_called()
    {
        var never = new TaskCompletionSource();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new SessionProbe
        {
            OnMessage = (_, _) =>
            {
                entered.SetResult();
                return new(never.Task);
            },
        }.Start();
        probe.Transport.Receive("x");
        await entered.Task.WaitAsync(Moment, Cancel);
        probe.Connection.Close();
        probe.ClientCloses();
        await probe.Connection.Lifetime.Handshake.WaitAsync(Moment, Cancel);
        await probe.Transport.Disposed.Task.WaitAsync(Moment, Cancel);
        Assert.False(probe.Running!.IsCompleted);
        await probe.Warns(probe.Options.StopTimeout);
        await probe.Ended();
        Assert.StartsWith("Warning:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);
        Assert.True(probe.Transport.Aborted);
        Assert.Equal(CloseCause.ServerClosed, probe.Closed.Cause);
        Assert.Equal(1, probe.Disposals);
    }

    [Fact]
    public async Task Abort_sends_no_close_frame()
    {
        var probe = new SessionProbe().Start();
        probe.Connection.Abort();
        await probe.Ended();
        Assert.Empty(probe.Sent);
        Assert.Equal((1006, CloseCause.ServerClosed), ((int)probe.Closed.Status, probe.Closed.Cause));
    }

    [Fact]
    public async Task Sending_to_a_connection_that_has_ended_throws_and_names_it()
    {
        var probe = new SessionProbe().Start();
        probe.ClientCloses();
        await probe.Ended();
        var error = await Assert.ThrowsAsync<ConnectionClosedException>(() => probe.Connection.SendAsync("x", Cancel).AsTask());
        Assert.Equal((probe.Connection.ConnectionId, CloseCause.ClientClosed), (error.ConnectionId, error.CloseInfo.Cause));
    }

    [Fact]
    public async Task Sending_to_a_closed_peer_from_anothers_handler_is_an_error_of_the_other()
    {
        var gone = new SessionProbe().Start();
        gone.ClientCloses();
        await gone.Ended();

        var probe = new SessionProbe
        {
            OnMessage = (message, _) => gone.Connection.SendAsync(message, CancellationToken.None),
            OnError = (error, _, connection) => connection.ReplyAsync(((ConnectionClosedException)error).ConnectionId == gone.Connection.ConnectionId ? "gone" : "?"),
        }.Start();
        probe.Transport.Receive("x");
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["gone", "close 1000"], probe.Sent);
    }

    [Fact]
    public async Task Completion_and_WaitStoppedAsync_say_when_OnClose_has_returned()
    {
        var probe = new SessionProbe().Start();
        var waiting = probe.Connection.WaitStoppedAsync(TimeSpan.FromSeconds(1));
        probe.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await waiting);
        probe.ClientCloses();
        Assert.True(await probe.Connection.WaitStoppedAsync(Timeout.InfiniteTimeSpan));
        Assert.Single(probe.Closes);
    }

    [Fact]
    public async Task A_callback_on_Stopping_that_throws_is_logged_and_harms_nobody()
    {
        var probe = new SessionProbe().Start();
        using var registration = probe.Connection.Stopping.Register(() => throw new InvalidOperationException());
        probe.Connection.Abort();
        await probe.Ended();
        await probe.Until(() => !probe.Log.Entries.IsEmpty);
        Assert.StartsWith("Error:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);
    }

    private sealed class Refusing(InvalidMessageKind kind) : IMessageDecoder<string>
    {
        public string Decode(in ReceivedMessage message) =>
            throw new InvalidMessageException(kind, "no", partial: $"part of {Encoding.UTF8.GetString(message.Payload)}");
    }
}
