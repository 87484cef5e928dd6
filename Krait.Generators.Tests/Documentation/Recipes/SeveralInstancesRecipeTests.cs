using System.Text.Json;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/several-instances.md</summary>
/// <remarks><c>.ci/run</c> runs it on two servers with Redis and nginx.</remarks>
public sealed class SeveralInstancesRecipeTests
{
    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task Without_Redis_it_runs_on_one_server()
    {
        await using var program = await RunningSnippet.Start("docs/recipes/several-instances.md");
        using var ada = await program.Connect("/lines");
        using var bob = await program.Connect("/lines");
        await ada.Hear();
        Assert.Equal("""{"$type":"opened","recovered":false}""", await bob.Hear());

        await ada.Say("hello");

        var line = JsonDocument.Parse(await bob.Hear()).RootElement;
        Assert.Equal("hello", line.GetProperty("text").GetString());
        Assert.Equal(Environment.ProcessId, line.GetProperty("server").GetInt32());
    }
}
