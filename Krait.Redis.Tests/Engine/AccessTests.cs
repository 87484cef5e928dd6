using System.Text.RegularExpressions;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Engine;

/// <summary>A user of Redis with the commands that the README names can do everything.</summary>
public sealed partial class AccessTests
{
    private static readonly RoomChannel s_relay = new("Chat/relay", null);
    private static readonly RoomChannel s_kept = new("Chat/kept", new(length: 10, age: TimeSpan.FromMinutes(5)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_needs_no_other_commands_than_those_that_the_README_names(bool isCluster)
    {
        await using var redis = await (isCluster ? RedisServer.StartClusterAsync() : RedisServer.StartAsync());
        var rules = string.Join(' ', Commands().Select(static command => "+" + command.Replace(' ', '|')));
        Assert.Equal("+OK", await redis.AskAsync($"ACL SETUSER app on >secret ~krait:* &krait:* {rules}"));
        await using var engines = new Engines(redis.Configuration + ",user=app,password=secret");
        var engine = await engines.ConnectAsync();
        var (relayed, kept) = (new CollectingSink(), new CollectingSink());

        await using (await engine.SubscribeAsync(s_relay, relayed, Token))
        await using (await engine.SubscribeAsync(s_kept, kept, Token))
        {
            await engine.PublishAsync(s_relay, new byte[] { 1 });
            await engine.PublishAsync(s_kept, new byte[] { 2 });
            await Patience.Until(() => relayed.Count == 1 && kept.Count == 1);
        }

        Assert.Single(await engine.ReadAsync(s_kept, null, 10, Token));
        await engine.WriteAsync(s_relay, [new("s1", "a", new byte[] { 3 }), new("s1", "b", null)], Token);
        Assert.Single(await engine.ListAsync(s_relay, Token));
        Assert.False(await engine.RenewAsync("s1", TimeSpan.FromMinutes(10), Token));
        Assert.Empty(await engine.FindEndedAsync(["s1"], Token));
        await engine.PingAsync();
    }

    private static IEnumerable<string> Commands()
    {
        var list = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).Split("and these commands:")[1];
        return Quoted().Matches(list).Select(static match => match.Groups[1].Value);
    }

    [GeneratedRegex("`([A-Z ]+)`")]
    private static partial Regex Quoted();
}
