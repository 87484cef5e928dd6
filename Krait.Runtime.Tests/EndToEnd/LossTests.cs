using Krait.Runtime.Tests.Transport;
using Krait.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Ends without a closing handshake.</summary>
public class LossTests
{
    private static readonly TimeSpan Interval = new KraitOptions().KeepAliveInterval;

    [Fact]
    public async Task A_client_that_ends_its_side_without_a_close_frame_is_lost_and_gets_none()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        client.Finish();
        await client.ReadEndAsync();
        AssertLost(await app.Journal().Closed(), CloseCause.ConnectionLost);
    }

    [Fact]
    public async Task A_client_that_resets_the_connection_is_lost()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        client.Reset();
        AssertLost(await app.Journal().Closed(), CloseCause.ConnectionLost);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopping_fires_in_a_busy_handler_as_soon_as_the_client_is_lost(bool reset)
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("wait");
        await app.Journal().Has("wait");
        if (reset)
            client.Reset();
        else
            client.Finish();

        AssertLost(await app.Journal().Closed(), CloseCause.ConnectionLost);
    }

    [Fact]
    public async Task Abort_breaks_the_connection_without_a_close_frame()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("abort");
        await client.ReadEndAsync();
        AssertLost(await app.Journal().Closed(), CloseCause.ServerClosed);
    }

    [Fact]
    public async Task A_handler_that_never_returns_is_given_up_after_StopTimeout_with_a_warning()
    {
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<ObedientController>(Served.With(clock));
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("hang");
        await app.Journal().Has("hang");
        await client.SendAsync(ClientFrame.Close(1000));

        await clock.MoveUntil(TimeSpan.FromSeconds(5), app.Journal().Closed());
        await app.AllEnded();
        await client.ReadEndAsync(skipped: FrameOpcode.Close);
        var warning = Assert.Single(app.Logs.OfKrait());
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("StopTimeout", warning.Message, StringComparison.Ordinal);
        app.Gate().Open();
    }

    [Fact]
    public async Task A_handler_that_never_returns_does_not_keep_the_host_from_stopping()
    {
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<ObedientController>(Served.With(clock));
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("hang");
        await app.Journal().Has("hang");

        await clock.MoveUntil(TimeSpan.FromSeconds(5), app.StopAsync());
        Assert.Equal(CloseCause.HostStopping, Assert.Single(app.Journal().Closes).Cause);
        Assert.Contains(app.Logs.OfKrait(), entry => entry.Message.Contains("StopTimeout", StringComparison.Ordinal));
        app.Gate().Open();
    }

    private static void AssertLost(CloseInfo why, CloseCause cause) =>
        Assert.Equal((cause, 1006, false), (why.Cause, (int)why.Status, why.WasClean));
}
