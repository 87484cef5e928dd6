using System.Net;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/docker.md</summary>
/// <remarks><c>.ci/run</c> runs the commands of its Dockerfile.</remarks>
public sealed class DockerRecipeTests
{
    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task It_is_ready_until_it_stops_and_then_drains()
    {
        await using var program = await RunningSnippet.Start("docs/recipes/docker.md");
        using var client = await program.Connect("/echo");
        await client.Say("hello");
        Assert.Equal("hello", await client.Hear());
        using var response = await program.Http.GetAsync("/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        var stopped = program.Stop();

        Assert.Equal("[1012]", await client.Hear());
        await client.CloseOutputAsync(client.CloseStatus!.Value, null, TestContext.Current.CancellationToken);
        await stopped;
    }
}
