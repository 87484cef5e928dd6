using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>A client that stops reading does not hold up others.</summary>
public class SlowReaderTests
{
    private const int SmallWindow = 8 * 1024;

    [Fact]
    public async Task SendAsync_waits_and_TrySend_is_false_until_the_client_reads_again()
    {
        await using var app = await Served.StartAsync<FillController>();
        await using var client = await app.ConnectRawAsync("/fill", SmallWindow);
        await client.SendTextAsync("fill");
        await app.Journal().Has("no room");

        var chunks = 0;
        string text;
        while (!(text = await client.ReadTextAsync()).StartsWith("sent", StringComparison.Ordinal))
            chunks += text == "never" ? 0 : 1;

        Assert.Contains("room again", app.Journal().Entries);
        Assert.Equal($"sent {chunks}", text);
    }

    [Fact]
    public async Task Other_connections_are_served_meanwhile()
    {
        await using var app = await Served.StartAsync<FillController>();
        await using var client = await app.ConnectRawAsync("/fill", SmallWindow);
        await client.SendTextAsync("fill");
        await app.Journal().Has("no room");

        using var other = await app.ConnectAsync("fill");
        Assert.Equal("hello", await other.AskAsync("hello"));
        Assert.DoesNotContain("room again", app.Journal().Entries);
    }

    [Fact]
    public async Task SendTimeout_ends_the_connection()
    {
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<FillController>(Served.With(clock, options => options.KeepAliveInterval = Timeout.InfiniteTimeSpan));
        await using var client = await app.ConnectRawAsync("/fill", SmallWindow);
        await client.SendTextAsync("fill");
        await app.Journal().Has("no room");

        var closed = app.Journal().Closed();
        await clock.MoveUntil(TimeSpan.FromSeconds(10), closed);
        await app.AllEnded();
        Assert.Equal((CloseCause.SendTimeout, 1006, false), ((await closed).Cause, (int)(await closed).Status, (await closed).WasClean));
        Assert.Contains("room again", app.Journal().Entries); // the send that waited goes nowhere, so that the handler finishes what it began
        await client.ReadEndAsync(skipped: FrameOpcode.Text);
    }
}
