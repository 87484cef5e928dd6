using Krait.Transport;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>What was received is handled, whatever ends the connection, unless the client broke a rule or this side closed.</summary>
public sealed class ReceivedMessageTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<CloseCause> Losses => [CloseCause.ConnectionLost, CloseCause.KeepAliveTimeout, CloseCause.SendTimeout];

    [Fact]
    public async Task Every_message_that_was_received_is_handled_when_the_host_stops_at_the_second()
    {
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource();
        var handled = new List<string>();
        var probe = new SessionProbe
        {
            OnMessage = async (message, connection) =>
            {
                if (message == "2")
                    second.SetResult();

                await Task.WhenAny(gate.Task, Task.Delay(Timeout.Infinite, Cancel));
                handled.Add(message);
                await connection.ReplyAsync(message);
                if (message == "1")
                    gate = new();
            },
        };
        ReceiveAll(probe.Start(), 20);
        gate.SetResult();
        await second.Task.WaitAsync(Moment, Cancel);
        await probe.Until(() => probe.Transport.Unread == 0);
        probe.StopHost();
        gate.SetResult();
        await probe.Until(() => probe.Sent.Count == 21);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(Numbers(20), handled);
        Assert.Equal([.. Numbers(20), "close 1001 The server is stopping."], probe.Sent);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Every_message_that_was_received_is_handled_by_events_when_the_connection_is_lost(CloseCause cause)
    {
        var gate = new TaskCompletionSource();
        var handled = new List<string>();
        var probe = new SessionProbe
        {
            OnMessage = async (message, _) =>
            {
                await gate.Task;
                handled.Add(message);
            },
        };
        ReceiveAll(probe.Start(), 50);
        probe.Transport.Receive(TransportRead.Lost(cause));
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        gate.SetResult();
        await probe.Ended();
        Assert.Equal(Numbers(50), handled);
        Assert.Equal(cause, probe.Closed.Cause);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Every_message_that_was_received_is_handled_from_a_queue_when_the_connection_is_lost(CloseCause cause)
    {
        var gate = new TaskCompletionSource();
        var handled = new List<string>();
        var probe = new SessionProbe
        {
            Delivery = MessageDelivery.Queue,
            Run = async (messages, _) =>
            {
                await gate.Task;
                await foreach (var message in messages.ReadAllAsync(CancellationToken.None))
                    handled.Add(message);
            },
        };
        ReceiveAll(probe.Start(), 50);
        probe.Transport.Receive(TransportRead.Lost(cause));
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        gate.SetResult();
        await probe.Ended();
        Assert.Equal(Numbers(50), handled);
    }

    [Fact]
    public async Task A_queue_is_complete_and_read_to_its_end_when_the_host_stops()
    {
        var handled = new List<string>();
        var probe = new SessionProbe
        {
            Delivery = MessageDelivery.Queue,
            Run = async (messages, connection) =>
            {
                await connection.Stopping.WaitAsync();
                await foreach (var message in messages.ReadAllAsync(CancellationToken.None))
                    handled.Add(message);
            },
        };
        ReceiveAll(probe.Start(), 20);
        await probe.Until(() => probe.Transport.Unread == 0);
        probe.StopHost();
        await probe.Until(() => probe.Sent.Count == 1);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(Numbers(20), handled);
    }

    [Fact]
    public async Task Our_own_close_drops_what_waits()
    {
        var handled = new List<string>();
        var probe = new SessionProbe
        {
            OnMessage = (message, connection) =>
            {
                handled.Add(message);
                connection.Close();
                return default;
            },
        };
        ReceiveAll(probe.Start(), 5);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["1"], handled);
    }

    [Fact]
    public async Task No_message_is_handled_when_OnOpen_did_not_succeed_though_the_client_closed()
    {
        var handled = false;
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new SessionProbe
        {
            OnOpen = async connection =>
            {
                entered.SetResult();
                await connection.Stopping.WaitAsync();
                connection.Stopping.ThrowIfCancellationRequested();
            },
            OnMessage = (_, _) =>
            {
                handled = true;
                return default;
            },
        }.Start();
        await entered.Task.WaitAsync(Moment, Cancel);
        probe.Transport.Receive("x");
        probe.ClientCloses();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        await probe.Moves(probe.Options.CloseTimeout, until: () => probe.Connection.Stopping.IsCancellationRequested);
        await probe.Ended();
        Assert.False(handled);
        Assert.Empty(probe.Log.Entries);
    }

    [Theory]
    [InlineData(MessageDelivery.Event, false)]
    [InlineData(MessageDelivery.Queue, true)]
    public async Task A_loop_that_only_sends_sees_Stopping_after_CloseTimeout_at_the_latest(MessageDelivery delivery, bool takesTime)
    {
        var probe = new SessionProbe { Delivery = delivery, Run = async (_, connection) => await SendForEver(connection) };
        probe.Options.StopTimeout = TimeSpan.FromDays(1);
        probe.Start();
        await probe.Until(() => probe.Sent.Count > 0);
        probe.ClientCloses();
        await probe.Connection.Lifetime.Handshake.WaitAsync(Moment, Cancel);
        if (takesTime)
            await probe.Moves(probe.Options.CloseTimeout, until: () => probe.Connection.Stopping.IsCancellationRequested);

        await probe.Ended();
        Assert.Equal((CloseCause.ClientClosed, true), (probe.Closed.Cause, probe.Closed.WasClean));
    }

    [Fact]
    public async Task A_discarded_send_gives_its_thread_away()
    {
        var gate = new TaskCompletionSource();
        var completed = true;
        var probe = new SessionProbe
        {
            OnMessage = async (_, connection) =>
            {
                await gate.Task;
                var sending = connection.SendAsync("x", Cancel);
                completed = sending.IsCompleted;
                await sending;
            },
        }.Start();
        probe.Transport.Receive("x");
        probe.ClientCloses();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        gate.SetResult();
        await probe.Ended();
        Assert.False(completed);
    }

    private static async Task SendForEver(WebSocketConnection<string> connection)
    {
        while (!connection.Stopping.IsCancellationRequested)
            await connection.SendAsync("tick", CancellationToken.None);
    }

    private static void ReceiveAll(SessionProbe probe, int count)
    {
        foreach (var number in Numbers(count))
            probe.Transport.Receive(number);
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(number => $"{number}");
}
