using Krait.Runtime.Tests.Transport;
using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Rules that hold only for Krait's own framing. System.Net.WebSockets waits for the whole of a bad header, has no deadline for pongs, and puts a status into every close frame.</summary>
public class OwnFramingTests
{
    private static readonly TimeSpan Interval = new KraitOptions().KeepAliveInterval;

    [Theory]
    [InlineData("a frame without a mask", 1002, new byte[] { 0x81, 0x01, 0x61 })]
    [InlineData("a reserved bit", 1002, new byte[] { 0xC1, 0x80, 0, 0, 0, 0 })]
    [InlineData("an unknown opcode", 1002, new byte[] { 0x83, 0x80, 0, 0, 0, 0 })]
    [InlineData("a continuation of nothing", 1002, new byte[] { 0x80, 0x80, 0, 0, 0, 0 })]
    [InlineData("a ping in fragments", 1002, new byte[] { 0x09, 0x80, 0, 0, 0, 0 })]
    [InlineData("text that is not UTF-8", 1007, new byte[] { 0x81, 0x81, 0, 0, 0, 0, 0xFF })]
    [InlineData("a declared length over the limit", 1009, new byte[] { 0x82, 0xFF, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0 })]
    public async Task What_breaks_the_protocol_is_answered_with_its_status(string what, int status, byte[] bytes)
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("before");
        Assert.Equal("before", await client.ReadTextAsync()); // a message that still waits for [OnOpen] would be dropped with the connection
        await client.SendAsync(bytes);
        var close = await client.ReadCloseAsync();
        Assert.True(close.CloseStatus == status, $"{what}: {close.CloseStatus} {close.CloseReason}");
        client.Finish();
        await client.ReadEndAsync();
        var why = await app.Journal().Closed();
        Assert.Equal((status == 1009 ? CloseCause.MessageTooLarge : CloseCause.ProtocolError, status), (why.Cause, (int)why.Status));
    }

    [Fact]
    public async Task The_1002_arrives_although_the_client_goes_on_sending()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendAsync([0x81, 0x01, 0x61, .. new byte[256 * 1024]]);
        Assert.Equal(1002, (await client.ReadCloseAsync()).CloseStatus);
    }

    [Fact]
    public async Task A_close_without_a_status_is_answered_with_one_without_a_status()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendAsync(ClientFrame.Close());
        Assert.Empty((await client.ReadCloseAsync()).Payload);
        var why = await app.Journal().Closed();
        Assert.Equal((CloseCause.ClientClosed, 1005, null), (why.Cause, (int)why.Status, why.Reason));
    }

    [Fact]
    public async Task A_client_that_does_not_answer_a_ping_in_time_is_dropped()
    {
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<ObedientController>(Served.With(clock));
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("hello");
        Assert.Equal("hello", await client.ReadTextAsync());

        var closed = app.Journal().Closed();
        await clock.MoveUntil(Interval / 3, closed);
        var why = await closed;
        Assert.Equal((CloseCause.KeepAliveTimeout, 1006, false), (why.Cause, (int)why.Status, why.WasClean));
        await client.ReadEndAsync(skipped: FrameOpcode.Ping);
    }

    [Fact]
    public async Task A_silent_client_that_answers_pings_stays()
    {
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<ObedientController>(Served.With(clock));
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("hello");
        Assert.Equal("hello", await client.ReadTextAsync());

        for (var i = 0; i < 10; i++)
        {
            clock.Advance(Interval);
            var ping = await client.ReadAsync();
            Assert.Equal(FrameOpcode.Ping, ping?.Opcode);

            // The answer to the message shows that the pong before it has arrived.
            await client.SendAsync(ClientFrame.Pong(ping!.Payload), ClientFrame.Text("still here"));
            Assert.Equal("still here", await client.ReadTextAsync());
        }
    }
}
