using System.Threading.Channels;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>Controllers and transports that do not do what they should: the connection ends all the same.</summary>
public sealed class SessionFaultTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_that_blocks_for_ever_does_not_keep_the_connection_from_OnClose()
    {
        using var never = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new SessionProbe
        {
            OnMessage = (_, _) =>
            {
                entered.SetResult();
                never.Wait(Cancel);
                return default;
            },
        }.Start();
        probe.Transport.Receive("x");
        await entered.Task.WaitAsync(Moment, Cancel);
        probe.Connection.Close();
        await probe.Moves(probe.Options.CloseTimeout, until: () => probe.Connection.Lifetime.Handshake.IsCompleted);
        await probe.Warns(probe.Options.StopTimeout);
        await probe.Ended();
        Assert.Equal(CloseCause.ServerClosed, probe.Closed.Cause);
        Assert.Equal(1, probe.Disposals);
        Assert.StartsWith("Warning:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);
        never.Set();
    }

    [Fact]
    public async Task A_controller_that_does_not_take_its_connection_is_closed_with_1011()
    {
        var opened = false;
        var probe = new SessionProbe
        {
            OnAttach = () => throw new InvalidOperationException("no"),
            OnOpen = _ =>
            {
                opened = true;
                return default;
            },
        }.Start();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["close 1011 The server failed."], probe.Sent);
        Assert.False(opened);
        Assert.Equal(("no", 1), (probe.Closed.Error?.Message, probe.Disposals));
        Assert.StartsWith("Error:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_that_cannot_be_disposed_is_logged_and_harms_nobody()
    {
        var probe = new SessionProbe();
        probe.Transport.DisposeFailure = new IOException("no");
        probe.Start();
        probe.ClientCloses();
        await probe.Ended();
        Assert.StartsWith("Error:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);
        Assert.True(probe.Connection.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_OnOpen_that_returns_after_the_end_does_not_start_Run()
    {
        var open = new TaskCompletionSource();
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ran = new TaskCompletionSource();
        var probe = new SessionProbe
        {
            OnOpen = async _ =>
            {
                await open.Task;
                opened.SetResult();
            },
            Run = (_, _) =>
            {
                ran.SetResult();
                return default;
            },
        }.Start();
        probe.Connection.Close();
        await probe.Moves(probe.Options.CloseTimeout, until: () => probe.Connection.Lifetime.Handshake.IsCompleted);
        await probe.Warns(probe.Options.StopTimeout);
        await probe.Ended();
        open.SetResult();
        await opened.Task.WaitAsync(Moment, Cancel);
        await Assert.ThrowsAsync<TimeoutException>(() => ran.Task.WaitAsync(TimeSpan.FromMilliseconds(200), Cancel));
    }

    [Fact]
    public async Task Reading_on_at_the_end_of_a_queue_is_no_error_of_Run()
    {
        var read = new List<string>();
        var probe = new SessionProbe
        {
            Delivery = MessageDelivery.Queue,
            Run = async (messages, _) =>
            {
                while (true)
                    read.Add(await messages.ReadAsync(Cancel));
            },
        }.Start();
        probe.Transport.Receive("1");
        probe.Transport.Receive("2");
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["1", "2"], read);
        Assert.Equal(["close 1000"], probe.Sent);
        Assert.Equal((CloseCause.ClientClosed, true), (probe.Closed.Cause, probe.Closed.WasClean));
        Assert.Empty(probe.Log.Entries);
    }

    [Fact]
    public async Task The_end_of_another_queue_is_an_error_of_Run()
    {
        var other = Channel.CreateUnbounded<string>();
        other.Writer.Complete();
        var probe = new SessionProbe { Delivery = MessageDelivery.Queue, Run = async (_, _) => await other.Reader.ReadAsync(Cancel) }.Start();
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(CloseCause.HandlerFailed, probe.Closed.Cause);
    }
}
