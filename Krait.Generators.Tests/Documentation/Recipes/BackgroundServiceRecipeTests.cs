using System.Net.WebSockets;
using System.Text.Json;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/background-service.md</summary>
public sealed class BackgroundServiceRecipeTests
{
    private const string Page = "docs/recipes/background-service.md";

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task Every_client_gets_what_the_service_measures()
    {
        await using var program = await RunningSnippet.Start(Page);
        using var ada = await program.Connect("/readings");
        using var bo = await program.Connect("/readings");

        var first = await HearOf(ada, "kitchen");
        Assert.InRange(first, 20, 21);
        Assert.InRange(await HearOf(bo, "kitchen"), 20, 21);
        while (await HearOf(ada, "kitchen") == first)
        {
        }
    }

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task A_reading_that_an_endpoint_gets_reaches_every_client()
    {
        await using var program = await RunningSnippet.Start(Page);
        using var ada = await program.Connect("/readings");
        using var bo = await program.Connect("/readings");

        using var answer = await program.Http.PostAsync("/readings/cellar?celsius=12.5", null, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(12.5, await HearOf(ada, "cellar"));
        Assert.Equal(12.5, await HearOf(bo, "cellar"));
    }

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task The_page_connects_to_the_controller()
    {
        await using var program = await RunningSnippet.Start(Page);

        Assert.Contains("""replace("http", "ws") + "/readings")""", await program.Http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Waits for a reading of a sensor.</summary>
    private static async Task<double> HearOf(ClientWebSocket client, string sensor)
    {
        while (true)
        {
            using var reading = JsonDocument.Parse(await client.Hear());
            if (reading.RootElement.GetProperty("sensor").GetString() == sensor)
                return reading.RootElement.GetProperty("celsius").GetDouble();
        }
    }
}
