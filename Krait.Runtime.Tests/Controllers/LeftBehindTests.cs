using System.Diagnostics;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>Code of the controller that takes too long, fails late or fails next to the handlers: the client and [OnClose] do not suffer.</summary>
public sealed class LeftBehindTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_1001_and_its_handshake_are_not_cut_by_a_handler_that_never_returns()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new SessionProbe
        {
            OnMessage = (_, _) =>
            {
                entered.SetResult();
                return new(new TaskCompletionSource().Task);
            },
        };
        probe.Options.StopTimeout = TimeSpan.FromSeconds(0.5);
        probe.Options.CloseTimeout = TimeSpan.FromDays(1);
        probe.Start().Transport.Receive("x");
        await entered.Task.WaitAsync(Moment, Cancel);
        probe.StopHost();
        await probe.Moves(probe.Options.StopTimeout, until: () => probe.Log.Entries.Count == 1 && probe.Sent.Count == 1);
        Assert.Equal(["close 1001 The server is stopping."], probe.Sent);
        Assert.False(probe.Transport.Aborted);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal((CloseCause.HostStopping, true), (probe.Closed.Cause, probe.Closed.WasClean));
    }

    [Fact]
    public async Task The_transport_is_closed_as_soon_as_both_close_frames_are_out_though_a_handler_still_runs()
    {
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new SessionProbe
        {
            OnMessage = async (_, _) =>
            {
                entered.SetResult();
                await gate.Task;
            },
        }.Start();
        probe.Transport.Receive("x");
        await entered.Task.WaitAsync(Moment, Cancel);
        probe.Connection.Close();
        probe.ClientCloses();
        await probe.Transport.Disposed.Task.WaitAsync(Moment, Cancel);
        Assert.False(probe.Running!.IsCompleted);
        gate.SetResult();
        await probe.Ended();
        Assert.True(probe.Closed.WasClean);
        Assert.Empty(probe.Log.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_OnClose_or_Dispose_that_blocks_is_left_behind_with_a_warning(bool onClose)
    {
        using var never = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new SessionProbe { OnClose = () => Block(onClose), OnDispose = () => Block(!onClose) }.Start();
        probe.ClientCloses();
        await blocked.Task.WaitAsync(Moment, Cancel); // from here on nothing else can run out of time
        await probe.Warns(probe.Options.StopTimeout);
        await probe.Ended();
        Assert.StartsWith("Warning:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);
        Assert.Equal((1, 1), (probe.Closes.Count, probe.Disposals));
        Assert.True(probe.Connection.Completion.IsCompletedSuccessfully);
        never.Set();

        void Block(bool blocks)
        {
            if (!blocks)
                return;

            blocked.TrySetResult();
            never.Wait(Cancel);
        }
    }

    [Fact]
    public async Task Nothing_is_called_after_OnClose_when_a_handler_fails_late()
    {
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = 0;
        var handled = 0;
        var probe = new SessionProbe
        {
            OnMessage = async (_, _) =>
            {
                handled++;
                entered.TrySetResult();
                await gate.Task;
                throw new InvalidOperationException("late");
            },
            OnError = (_, _, _) =>
            {
                errors++;
                return default(ValueTask);
            },
        }.Start();
        probe.Transport.Receive("x");
        probe.Transport.Receive("in line");
        await entered.Task.WaitAsync(Moment, Cancel);
        probe.StopHost();
        probe.ClientCloses();
        await probe.Warns(probe.Options.StopTimeout);
        await probe.Ended();
        gate.SetResult();
        await probe.Until(() => probe.Log.Entries.Count == 2);
        Assert.Equal((1, 0), (handled, errors));
        Assert.StartsWith("Error:", probe.Log.Entries.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_throws_does_not_keep_the_connection_from_its_end()
    {
        var probe = new SessionProbe { OnMessage = (_, _) => throw new InvalidOperationException("x") };
        probe.Log.Throws = true;
        probe.Start().Transport.Receive("x");
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal((CloseCause.HandlerFailed, true), (probe.Closed.Cause, probe.Closed.WasClean));
    }

    [Fact]
    public async Task A_StopTimeout_of_a_month_is_no_trouble()
    {
        var probe = new SessionProbe();
        probe.Options.StopTimeout = TimeSpan.FromDays(30);
        probe.Start().ClientCloses();
        await probe.Ended();
        Assert.True(probe.Closed.WasClean);
    }

    [Fact]
    public async Task The_status_is_1006_where_no_close_frame_went_either_way()
    {
        var probe = new SessionProbe();
        probe.Transport.Taking = false;
        probe.Start();
        Assert.True(probe.Connection.TrySend("stuck"));
        probe.Connection.Close();
        await probe.Moves(probe.Options.CloseTimeout, until: () => probe.Transport.Aborted);
        await probe.Ended();
        Assert.Equal((1006, null, CloseCause.ServerClosed, false), ((int)probe.Closed.Status, probe.Closed.Reason, probe.Closed.Cause, probe.Closed.WasClean));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("run")]
    [InlineData("stream")]
    public async Task Telling_a_peer_that_has_left_does_not_close_the_teller(string where)
    {
        var gone = new SessionProbe().Start();
        gone.ClientCloses();
        await gone.Ended();
        var probe = new SessionProbe
        {
            OnOpen = where == "open" ? _ => Tell() : null,
            Run = where == "run" ? (_, _) => Tell() : null,
            OnMessage = (message, connection) => message == "stream" ? connection.StartStreamAsync(Stream()) : connection.ReplyAsync(message),
        }.Start();
        probe.Transport.Receive(where);
        probe.Transport.Receive("still here");
        await probe.Until(() => probe.Log.Entries.Count == 1 && probe.Sent.Contains("still here"));
        Assert.StartsWith("Information:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(CloseCause.ClientClosed, probe.Closed.Cause);

        ValueTask Tell() => gone.Connection.SendAsync("hello?", CancellationToken.None);

        async IAsyncEnumerable<string> Stream()
        {
            await Tell();
            yield return "never";
        }
    }

    [Theory]
    [InlineData(MessageDelivery.Event)]
    [InlineData(MessageDelivery.Queue)]
    public async Task A_cancellation_by_RequestAborted_is_a_farewell(MessageDelivery delivery)
    {
        using var aborted = new CancellationTokenSource();
        var probe = new SessionProbe
        {
            Delivery = delivery,
            Run = async (_, _) => await Task.Delay(Timeout.Infinite, aborted.Token),
        };
        probe.Context.RequestAborted = aborted.Token;
        probe.Start();
        await aborted.CancelAsync();
        await probe.Ended();
        Assert.Empty(probe.Log.Entries);
        Assert.Equal(CloseCause.ConnectionLost, probe.Closed.Cause);
    }

    [Fact]
    public async Task Handlers_do_not_run_under_the_requests_activity()
    {
        using var activity = new Activity("request").Start();
        Activity? seen = activity;
        var probe = new SessionProbe
        {
            OnMessage = (_, _) =>
            {
                seen = Activity.Current;
                return default;
            },
        }.Start();
        Assert.Equal(activity, Activity.Current);
        probe.Transport.Receive("x");
        probe.ClientCloses();
        await probe.Ended();
        Assert.Null(seen);
    }

    [Fact]
    public async Task The_request_is_over_when_the_connection_has_ended_and_the_user_stays()
    {
        var probe = new SessionProbe();
        probe.Context.User = new(new System.Security.Claims.ClaimsIdentity([new("name", "Ada")], "test"));
        var user = probe.Context.User;
        probe.Start();
        Assert.Same(probe.Context, probe.Connection.HttpContext);
        probe.ClientCloses();
        await probe.Ended();
        probe.Context.User = new();
        Assert.Same(user, probe.Connection.User);
        Assert.StartsWith("The request is over", Assert.Throws<InvalidOperationException>(() => probe.Connection.HttpContext).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => probe.Connection.UpgradeRequest.HttpContext);
    }
}
