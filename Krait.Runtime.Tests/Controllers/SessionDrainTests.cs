using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>How a connection is drained: [OnDrain] in its turn, then 1012.</summary>
public sealed class SessionDrainTests
{
    private const string Goodbye = "back in 7 s";

    [Fact]
    public async Task OnDrain_says_goodbye_before_the_1012()
    {
        var probe = new SessionProbe { OnDrain = GoodbyeAsync }.Start();

        probe.Drain();

        await probe.Until(() => probe.Sent.Count == 2);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal([Goodbye, "close 1012 draining"], probe.Sent);
        Assert.Equal((CloseCause.Draining, 1012, true), (probe.Closed.Cause, (int)probe.Closed.Status, probe.Closed.WasClean));
    }

    [Fact]
    public async Task A_controller_without_OnDrain_is_drained_too()
    {
        var probe = new SessionProbe { OnMessage = (_, _) => default }.Start();

        probe.Drain();

        await probe.Until(() => probe.Sent.Count == 1);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["close 1012 draining"], probe.Sent);
    }

    [Fact]
    public async Task OnDrain_is_called_once()
    {
        var calls = 0;
        var probe = new SessionProbe
        {
            OnDrain = (_, _) =>
            {
                Interlocked.Increment(ref calls);
                return default;
            },
        }.Start();

        probe.Drain();
        probe.Drain();

        await probe.Until(() => probe.Sent.Count == 1);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task OnDrain_waits_for_the_handler_before_it()
    {
        var (entered, gate) = (Source(), Source());
        var probe = new SessionProbe
        {
            OnMessage = async (message, connection) =>
            {
                entered.SetResult();
                await gate.Task;
                await connection.SendAsync(message);
            },
            OnDrain = GoodbyeAsync,
        }.Start();
        probe.Transport.Receive("one");
        await entered.Task.InTime();

        probe.Drain();
        Assert.False(probe.Connection.Stopping.IsCancellationRequested);
        gate.SetResult();

        await probe.Until(() => probe.Sent.Count == 3);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["one", Goodbye, "close 1012 draining"], probe.Sent);
    }

    [Fact]
    public async Task A_connection_that_is_still_opening_is_drained_after_it_has_opened()
    {
        var gate = new TaskCompletionSource();
        var probe = new SessionProbe
        {
            OnOpen = async connection =>
            {
                await gate.Task;
                await connection.SendAsync("welcome");
            },
            OnDrain = GoodbyeAsync,
        }.Start();

        probe.Drain();
        gate.SetResult();

        await probe.Until(() => probe.Sent.Count == 3);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["welcome", Goodbye, "close 1012 draining"], probe.Sent);
    }

    [Fact]
    public async Task A_connection_that_opens_too_slowly_is_stopped_with_1001()
    {
        var probe = new SessionProbe { OnOpen = static connection => new(connection.Stopping.WaitAsync()), OnDrain = GoodbyeAsync }.Start();

        probe.Drain();
        probe.StopHost();

        await probe.Until(() => probe.Sent.Count > 0);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal("close 1001 The server is stopping.", probe.Sent[^1]);
    }

    [Fact]
    public async Task OnDrain_that_runs_when_the_period_is_over_may_still_say_goodbye()
    {
        var (entered, gate) = (Source(), Source());
        var probe = new SessionProbe
        {
            OnDrain = async (drain, connection) =>
            {
                entered.SetResult();
                await gate.Task;
                await GoodbyeAsync(drain, connection);
            },
        }.Start();
        probe.Drain();
        await entered.Task.InTime();

        probe.StopHost();
        Assert.Empty(probe.Sent);
        gate.SetResult();

        await probe.Until(() => probe.Sent.Count == 2);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal([Goodbye, "close 1012 draining"], probe.Sent);
    }

    [Fact]
    public async Task A_handler_that_waits_for_Stopping_does_not_hold_the_drain_up_for_longer_than_StopTimeout()
    {
        var entered = Source();
        var probe = new SessionProbe
        {
            OnMessage = async (_, connection) =>
            {
                entered.SetResult();
                await connection.Stopping.WaitAsync();
            },
            OnDrain = GoodbyeAsync,
        }.Start();
        probe.Transport.Receive("x");
        await entered.Task.InTime();

        probe.Drain();
        await probe.Moves(probe.Options.StopTimeout, until: () => probe.Connection.Stopping.IsCancellationRequested);

        await probe.Until(() => probe.Sent.Count == 2);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal([Goodbye, "close 1012 draining"], probe.Sent);
    }

    [Fact]
    public async Task A_handler_that_hangs_is_left_behind_after_StopTimeout()
    {
        var entered = Source();
        var probe = new SessionProbe
        {
            OnDrain = (_, _) =>
            {
                entered.SetResult();
                return new(new TaskCompletionSource().Task);
            },
        };
        probe.Options.CloseTimeout = TimeSpan.FromDays(1);
        probe.Start().Drain();
        await entered.Task.InTime();

        await probe.Warns(probe.Options.StopTimeout);

        await probe.Until(() => probe.Sent.Count == 1);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["close 1012 draining"], probe.Sent);
        Assert.Equal((CloseCause.Draining, true), (probe.Closed.Cause, probe.Closed.WasClean));
    }

    [Fact]
    public async Task An_exception_of_OnDrain_that_OnError_takes_changes_nothing()
    {
        var probe = new SessionProbe
        {
            OnDrain = static (_, _) => throw new InvalidOperationException("no goodbye"),
            OnError = static (error, _, connection) => connection.SendAsync(error.Message),
        }.Start();

        probe.Drain();

        await probe.Until(() => probe.Sent.Count == 2);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["no goodbye", "close 1012 draining"], probe.Sent);
    }

    [Fact]
    public async Task An_exception_of_OnDrain_that_nobody_takes_is_a_1011()
    {
        var probe = new SessionProbe { OnDrain = static (_, _) => throw new InvalidOperationException("no goodbye") }.Start();

        probe.Drain();

        await probe.Until(() => probe.Sent.Count == 1);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(CloseCause.HandlerFailed, probe.Closed.Cause);
    }

    [Fact]
    public async Task OnDrain_is_not_called_for_a_client_that_has_gone()
    {
        var (entered, gate, called) = (Source(), Source(), false);
        var probe = new SessionProbe
        {
            OnMessage = async (_, _) =>
            {
                entered.SetResult();
                await gate.Task;
            },
            OnDrain = (_, _) =>
            {
                called = true;
                return default;
            },
        }.Start();
        probe.Transport.Receive("x");
        await entered.Task.InTime();

        probe.Drain(); // the call waits for its turn
        probe.ClientCloses();
        await probe.Until(() => probe.Sent.Count == 1);
        gate.SetResult();

        await probe.Ended();
        Assert.False(called);
        Assert.Equal(CloseCause.ClientClosed, probe.Closed.Cause);
    }

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ValueTask GoodbyeAsync(DrainInfo drain, WebSocketConnection<string> connection) =>
        connection.SendAsync($"back in {drain.ReconnectAfter.TotalSeconds} s");
}
