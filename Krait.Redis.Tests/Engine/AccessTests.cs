using System.Text.RegularExpressions;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Engine;

/// <summary>A user of Redis with the commands that the README names can do everything.</summary>
public sealed partial class AccessTests : OnRedis
{
    [Fact]
    public async Task A_user_needs_no_other_commands_than_those_that_the_README_names()
    {
        var rules = string.Join(' ', Commands().Select(static command => "+" + command.Replace(' ', '|')));
        Assert.Equal("+OK", await Redis.AskAsync($"ACL SETUSER app on >secret ~krait:* &krait:* {rules}"));
        await using var engines = new Engines(Redis.Configuration + ",user=app,password=secret");
        var engine = await engines.ConnectAsync();
        var (relayed, kept) = (new CollectingSink(), new CollectingSink());

        await using (await engine.SubscribeAsync(Relay, relayed, Token))
        await using (await engine.SubscribeAsync(Kept, kept, Token))
        {
            await PublishAsync(engine, Relay, "a");
            await PublishAsync(engine, Kept, "b");
            await Patience.Until(() => relayed.Count == 1 && kept.Count == 1);
        }

        Assert.Single(await engine.ReadAsync(Kept, null, 10, Token));
        await engine.WriteAsync(Relay, [new("s1", "a", Bytes("Ann")), new("s1", "b", null)], Token);
        Assert.Single(await engine.ListAsync(Relay, Token));
        Assert.False(await engine.RenewAsync("s1", TimeSpan.FromMinutes(10), Token));
        Assert.Empty(await engine.FindEndedAsync(["s1"], Token));
        await engine.PingAsync();
    }

    private static IEnumerable<string> Commands()
    {
        var sentence = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"))
            .Split("needs the commands ")[1].Split("give a user")[0];
        return Quoted().Matches(sentence).Select(static match => match.Groups[1].Value);
    }

    [GeneratedRegex("`([A-Z ]+)`")]
    private static partial Regex Quoted();
}
