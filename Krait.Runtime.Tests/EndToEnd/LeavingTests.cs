using System.Diagnostics;
using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>What is sent does not wait for handlers that compute.</summary>
public class LeavingTests
{
    [Fact]
    public async Task A_reply_is_not_held_back_by_the_handlers_of_later_messages()
    {
        await using var app = await Served.StartAsync<ComputingController>();
        await using var client = await app.ConnectRawAsync("/computing");

        await client.SendAsync(ClientFrame.Text("quick"), ClientFrame.Text("compute"));

        Assert.Equal("quick", await client.ReadTextAsync());
        app.Gate().Open();
        Assert.Equal("compute", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Replies_and_the_1001_leave_though_the_handler_of_a_later_message_never_returns()
    {
        await using var app = await Served.StartAsync<ComputingController>(
            Served.With(options => options.StopTimeout = options.CloseTimeout = TimeSpan.FromMilliseconds(500)));
        await using var client = await app.ConnectRawAsync("/computing");
        await client.SendAsync(ClientFrame.Text("quick"), ClientFrame.Text("quick"), ClientFrame.Text("compute"));
        Assert.Equal("quick", await client.ReadTextAsync());
        Assert.Equal("quick", await client.ReadTextAsync());

        var stopping = app.StopAsync();

        Assert.Equal(new byte[] { 0x03, 0xE9 }, (await client.ReadCloseAsync()).Payload[..2]);
        await stopping.InTime();
        app.Gate().Open();
    }

    [Theory]
    [InlineData("send")]
    [InlineData("try")]
    public async Task What_a_handler_sends_leaves_before_it_returns(string how)
    {
        await using var app = await Served.StartAsync<ComputingController>();
        await using var client = await app.ConnectRawAsync("/computing");

        await client.SendTextAsync(how);

        Assert.Equal("started", await client.ReadTextAsync());
        app.Gate().Open();
        Assert.Equal(how, await client.ReadTextAsync());
    }

    [Fact]
    public async Task What_another_thread_sends_leaves_while_a_handler_computes()
    {
        await using var app = await Served.StartAsync<ComputingController>();
        await using var client = await app.ConnectRawAsync("/computing");
        await client.SendTextAsync("compute");
        await app.Journal().Has("computes");

        Assert.True(ComputingController.Last!.TrySend("from outside"));

        Assert.Equal("from outside", await client.ReadTextAsync());
        app.Gate().Open();
    }

    [Fact]
    public async Task Pings_before_messages_are_answered_before_these_are_handled()
    {
        await using var app = await Served.StartAsync<ComputingController>();
        await using var client = await app.ConnectRawAsync("/computing");

        await client.SendAsync(ClientFrame.Ping(1), ClientFrame.Text("compute"));

        Assert.Equal(new byte[] { 1 }, (await client.ReadAsync())!.Payload);
        app.Gate().Open();
    }

    [Fact]
    public async Task Many_short_messages_in_one_write_are_answered_as_they_are_handled()
    {
        await using var app = await Served.StartAsync<ComputingController>();
        await using var client = await app.ConnectRawAsync("/computing");
        var watch = Stopwatch.StartNew();

        await client.SendAsync([.. Enumerable.Repeat(ClientFrame.Text("work"), 400)]);
        await client.ReadTextAsync();
        var first = watch.Elapsed;
        for (var i = 1; i < 400; i++)
            await client.ReadTextAsync();

        Assert.InRange(first, TimeSpan.Zero, watch.Elapsed / 4);
    }
}

/// <summary>Its handlers take the thread, until the test opens the gate.</summary>
[WebSocketController("/computing")]
internal sealed partial class ComputingController(Journal journal, Gate gate)
{
    public static IMessageSender<string>? Last { get; private set; }

#pragma warning disable KRAIT090 // A handler that takes its thread is what the tests are about.
    [OnMessage]
    private string Compute(string message)
    {
        switch (message)
        {
            case "quick":
                return message;
            case "work":
                Thread.Sleep(5);
                return message;
            case "send":
                Assert.True(SendAsync("started").IsCompletedSuccessfully);
                break;
            case "try":
                Assert.True(TrySend("started"));
                break;
        }

        Last = Connection;
        journal.Note("computes");
        gate.Opened.Wait(Patience.Long);
        return message;
    }
#pragma warning restore KRAIT090
}
