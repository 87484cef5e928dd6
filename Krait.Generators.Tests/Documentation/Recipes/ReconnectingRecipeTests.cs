using System.Text.Json;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/reconnecting.md</summary>
/// <remarks><c>.ci/run</c> runs its JavaScript.</remarks>
public sealed class ReconnectingRecipeTests
{
    private const string Page = "docs/recipes/reconnecting.md";

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task A_client_that_comes_back_with_its_position_gets_what_it_missed()
    {
        await using var program = await RunningSnippet.Start(Page);
        using var ada = await program.Connect("/lines");
        using var bob = await program.Connect("/lines");
        Assert.Equal("""{"$type":"opened","recovered":false}""", await ada.Hear());
        await bob.Hear();

        await bob.Say("one");
        var position = JsonDocument.Parse(await ada.Hear()).RootElement.GetProperty("at").GetString();
        ada.Abort();
        await bob.Say("two");
        await bob.Hear();
        await bob.Hear();
        using var back = await program.Connect("/lines?at=" + Uri.EscapeDataString(position!));

        Assert.Equal("""{"$type":"opened","recovered":true}""", await back.Hear());
        Assert.Equal("two", JsonDocument.Parse(await back.Hear()).RootElement.GetProperty("text").GetString());
    }

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task A_server_that_stops_says_when_to_come_back_and_closes_with_1012()
    {
        await using var program = await RunningSnippet.Start(Page);
        using var client = await program.Connect("/lines");
        await client.Hear();

        var stopped = program.Stop();

        var goAway = JsonDocument.Parse(await client.Hear()).RootElement;
        Assert.Equal("goAway", goAway.GetProperty("$type").GetString());
        Assert.InRange(goAway.GetProperty("seconds").GetDouble(), 0, 3);
        Assert.Equal("[1012]", await client.Hear());
        await client.CloseOutputAsync(client.CloseStatus!.Value, null, TestContext.Current.CancellationToken);
        await stopped;
    }
}
