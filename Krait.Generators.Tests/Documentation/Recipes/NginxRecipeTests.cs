using System.Net.WebSockets;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/nginx.md</summary>
/// <remarks><c>.ci/run</c> runs its configuration in nginx.</remarks>
public sealed class NginxRecipeTests
{
    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task The_server_sees_the_client_and_not_the_proxy()
    {
        await using var program = await RunningSnippet.Start("docs/recipes/nginx.md");
        using var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Host", "example.com");
        client.Options.SetRequestHeader("Origin", "https://example.com");
        client.Options.SetRequestHeader("X-Forwarded-For", "203.0.113.7");
        client.Options.SetRequestHeader("X-Forwarded-Proto", "https");

        await program.Connect(client, "/hello");

        Assert.StartsWith("203.0.113.7 connected over https to ", await client.Hear(), StringComparison.Ordinal);
    }
}
