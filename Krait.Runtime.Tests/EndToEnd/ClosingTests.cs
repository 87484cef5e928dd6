using Krait.Runtime.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Ends with a closing handshake: both sides learn status and reason.</summary>
public class ClosingTests
{
    public static TheoryData<Carrier> Carriers => [Carrier.Http1, Carrier.Http2, Carrier.Http1WithoutStream, Carrier.InMemory];

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task The_clients_close_is_echoed_and_its_status_and_reason_reach_OnClose(Carrier carrier)
    {
        await using var app = await Served.StartAsync<ObedientController>(carrier);
        using var client = await app.ConnectAsync("obey");
        await client.CloseAsync(4000, "bye");
        Assert.Equal(4000, (int?)client.CloseStatus);
        AssertClosed(await app.Journal().Closed(), CloseCause.ClientClosed, 4000, "bye");
    }

    [Fact]
    public async Task A_client_that_ends_its_side_right_after_its_close_frame_has_closed_all_the_same()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendAsync(ClientFrame.Text("last"), ClientFrame.Close(4000, "bye"));

        // Kestrel sends nothing more to a client that has ended its side, so the answer may or may not arrive.
        client.Finish();
        var why = await app.Journal().Closed();
        Assert.Equal((CloseCause.ClientClosed, 4000, "bye"), (why.Cause, (int)why.Status, why.Reason));
        Assert.Equal(["opened", "last"], app.Journal().Entries);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Our_close_comes_after_all_that_was_sent_before_and_nothing_after_it(Carrier carrier)
    {
        await using var app = await Served.StartAsync<ObedientController>(carrier);
        using var client = await app.ConnectAsync("obey");
        await client.SendTextAsync("close");
        for (var i = 0; i < 100; i++)
            Assert.Equal("before the close", await client.ReceiveTextAsync());

        Assert.Empty(await client.ReceiveMessageAsync().InTime());
        Assert.Equal((4001, "enough"), await client.ReceiveCloseAsync());
        AssertClosed(await app.Journal().Closed(), CloseCause.ServerClosed, 4001, "enough");
    }

    [Fact]
    public async Task A_client_that_never_answers_our_close_is_aborted_after_CloseTimeout()
    {
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<ObedientController>(Served.With(clock));
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("close");
        Assert.Equal(4001, (await client.ReadCloseAsync()).CloseStatus);
        await clock.MoveUntil(TimeSpan.FromSeconds(5), app.Journal().Closed());
        await client.ReadEndAsync();
        Assert.False(app.Journal().Closes.Single().WasClean);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task A_queue_whose_Run_returns_is_closed_with_1000(Carrier carrier)
    {
        await using var app = await Served.StartAsync<OneAnswerController>(carrier);
        using var client = await app.ConnectAsync("one");
        Assert.Equal("only a", await client.AskAsync("a"));
        Assert.Equal(1000, (await client.ReceiveCloseAsync()).Status);
        AssertClosed(await app.Journal().Closed(), CloseCause.ServerClosed, 1000, null);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task When_the_host_stops_handlers_say_goodbye_before_the_1001(Carrier carrier)
    {
        await using var app = await Served.StartAsync<PoliteController>(carrier);
        using var client = await app.ConnectAsync("polite");
        await client.SendTextAsync("wait");
        await app.Journal().HasCount(2);

        var stopping = app.StopAsync();
        string[] goodbyes = [await client.ReceiveTextAsync(), await client.ReceiveTextAsync()];
        Assert.Equal(["goodbye from OnMessage", "goodbye from Run"], goodbyes.Order());
        Assert.Equal(1001, (await client.ReceiveCloseAsync()).Status);
        await stopping.InTime();
        var why = Assert.Single(app.Journal().Closes);
        Assert.Equal((CloseCause.HostStopping, 1001, true), (why.Cause, (int)why.Status, why.WasClean));
    }

    private static void AssertClosed(CloseInfo why, CloseCause cause, int status, string? reason)
    {
        Assert.Equal((cause, status, reason), (why.Cause, (int)why.Status, why.Reason));
        Assert.True(why.WasClean);
    }
}
