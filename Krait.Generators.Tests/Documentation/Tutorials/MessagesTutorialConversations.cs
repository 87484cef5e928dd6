namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>What a reader of docs/tutorial-messages.md does after each step.</summary>
internal static class MessagesTutorialConversations
{
    private const string Json = "dice.v2+json";
    private const string Ada = "/tables/green?table=green&name=Ada";
    private const string Bo = "/tables/green?name=Bo";

    /// <summary>The conversations, by the heading of their step.</summary>
    public static IReadOnlyDictionary<string, Func<TutorialStep, TutorialServer, Task>> All { get; } = new Dictionary<string, Func<TutorialStep, TutorialServer, Task>>
    {
        ["1. A union"] = RollsAndTalks,
        ["2. A client in a terminal"] = PlaysInATerminal,
        ["3. Questions and answers"] = Answers,
        ["4. Another format for the same conversation"] = SpeaksInLines,
    };

    private static async Task RollsAndTalks(TutorialStep step, TutorialServer server)
    {
        using var page = await TutorialClient.Connect(server, Ada, Json);
        await page.Say("""{"type":"roll","sides":6}""");
        await page.Say("""{"type":"say","text":"Hello"}""");
        await page.Shows(Assert.Single(step.Shown));
    }

    private static async Task PlaysInATerminal(TutorialStep step, TutorialServer server)
    {
        Assert.Equal($"""dotnet run client.cs "ws://localhost:PORT{Bo}" {Json}""", Assert.Single(step.Commands).Line);
        using var page = await TutorialClient.Connect(server, Ada, Json);
        using var terminal = await TutorialClient.Connect(server, Bo, Json);
        await server.WaitForMembers("ToPlayer", "tables/green", 2);
        await terminal.Types(Assert.Single(step.Shown));
        await page.Shows(string.Join('\n', step.Shown[0].Split('\n').Where(line => line[0] != '{').Select(line => line.Replace("< ", "", StringComparison.Ordinal))));
    }

    private static async Task Answers(TutorialStep step, TutorialServer server)
    {
        using var terminal = await TutorialClient.Connect(server, Bo, Json);
        Assert.Equal(2, step.Shown.Count);
        foreach (var conversation in step.Shown)
            await terminal.Types(conversation);
    }

    private static async Task SpeaksInLines(TutorialStep step, TutorialServer server)
    {
        Assert.Equal($"""dotnet run client.cs "ws://localhost:PORT{Bo}" dice.v2+lines""", Assert.Single(step.Commands).Line);
        Assert.Equal(2, step.Shown.Count);
        using var page = await TutorialClient.Connect(server, Ada, Json);
        using var terminal = await TutorialClient.Connect(server, Bo, "dice.v2+lines");
        await server.WaitForMembers("ToPlayer", "tables/green", 2);
        await terminal.Types(step.Shown[0]);
        await page.Shows(step.Shown[1]);
    }
}
