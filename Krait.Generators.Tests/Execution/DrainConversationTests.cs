using System.Net.WebSockets;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Execution;

/// <summary>What clients hear of a server that drains.</summary>
public sealed class DrainConversationTests
{
    private const string Feed = """
        using Microsoft.AspNetCore.Mvc;

        [WebSocketController("/feed")]
        public sealed partial class FeedController
        {
            [OnMessage]
            string Echo(string text) => text;

            [OnDrain]
            string Leave([FromServices] TimeProvider time, DrainInfo drain, CancellationToken stopping) =>
                $"come back in {drain.ReconnectAfter.TotalSeconds} s, {time is not null && !stopping.IsCancellationRequested}";
        }
        """;

    [Fact]
    public async Task The_reply_of_OnDrain_is_the_last_message_before_the_close_frame()
    {
        await using var project = await RunningProject.Start(
            Feed, options => (options.DrainPeriod, options.ReconnectSpread) = (TimeSpan.FromSeconds(1), TimeSpan.Zero));
        using var client = await project.Connect("/feed");
        await client.Say("hello");
        Assert.Equal("hello", await client.Hear());

        var stopping = project.Stop();

        Assert.Equal("come back in 0 s, True", await client.Hear());
        Assert.Equal("[1012]", await client.Hear());
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await stopping;
    }
}
