using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>What a reader of docs/tutorial.md does after each step.</summary>
internal static class FirstTutorialConversations
{
    private const string Ada = "/tables/green?table=green&name=Ada";
    private const string Bo = "/tables/green?table=green&name=Bo";

    /// <summary>The conversations, by the heading of their step.</summary>
    public static IReadOnlyDictionary<string, Func<TutorialStep, TutorialServer, Task>> All { get; } = new Dictionary<string, Func<TutorialStep, TutorialServer, Task>>
    {
        ["1. A page and a controller"] = Greets,
        ["2. Typed messages"] = RollsAndFails,
        ["3. The others"] = ReachesTheTable,
        ["4. The upgrade"] = Refuses,
    };

    private static async Task Greets(TutorialStep step, TutorialServer server)
    {
        Assert.Equal(2, step.Shown.Count);
        using var page = await TutorialClient.Connect(server, "/dice");
        await page.Say("hello");
        await page.Shows(step.Shown[0]);

        var stopping = server.Stop();
        await page.ShowsAtLast(step.Shown[1]);
        await stopping;
    }

    private static async Task RollsAndFails(TutorialStep step, TutorialServer server)
    {
        string[] texts = ["""{"sides":6}""", """{"sides":0}""", """{"sides":"""];
        Assert.Equal(texts.Length, step.Shown.Count);
        foreach (var (text, shown) in texts.Zip(step.Shown))
        {
            using var page = await TutorialClient.Connect(server, "/dice", show: Roll);
            await page.Say(text);
            await page.Shows(shown);
        }
    }

    private static async Task ReachesTheTable(TutorialStep step, TutorialServer server)
    {
        using var cleo = await TutorialClient.Connect(server, "/tables/red?table=red&name=Cleo", show: Roll);
        using var ada = await TutorialClient.Connect(server, Ada, show: Roll);
        using var bo = await TutorialClient.Connect(server, Bo, show: Roll);
        await server.WaitForMembers("Rolled", "tables/red", 1);
        await server.WaitForMembers("Rolled", "tables/green", 2);
        await RollInTurn(Assert.Single(step.Shown), ada, bo);

        await cleo.Say("""{"sides":6}""");
        await cleo.Shows("connected\nCleo: 1"); // and no roll of the other table before it
    }

    private static async Task Refuses(TutorialStep step, TutorialServer server)
    {
        using (var ada = await TutorialClient.Connect(server, Ada, "dice.v1", Roll))
        using (var bo = await TutorialClient.Connect(server, Bo, "dice.v1", Roll))
        {
            await server.WaitForMembers("Rolled", "tables/green", 2);
            await RollInTurn("connected\nAda: 6\nBo: 2", ada, bo);
        }

        Assert.Equal(2, step.Shown.Count);
        Assert.Equal("closed: 1006", step.Shown[0]);
        await Assert.ThrowsAsync<WebSocketException>(() => TutorialClient.Connect(server, "/tables/blue?table=blue&name=Ada", "dice.v1", Roll));
        Assert.Contains(step.Shown[1], server.Log.Lines);
        await CurlCommands.Check(step.Commands, server.Url);
    }

    private static async Task RollInTurn(string shown, TutorialClient first, TutorialClient second)
    {
        await first.Say("""{"sides":6}""");
        await first.Shows(string.Join('\n', shown.Split('\n')[..2]));
        await second.Say("""{"sides":6}""");
        await first.Shows(shown);
        await second.Shows(shown);
    }

    /// <summary>As the script of the page does.</summary>
    private static string Roll(string message)
    {
        var rolled = JsonNode.Parse(message)!;
        return $"{rolled["name"]}: {rolled["value"]}";
    }
}
