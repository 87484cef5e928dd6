using System.Net;
using System.Net.WebSockets;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/page-on-another-origin.md</summary>
/// <remarks><c>.ci/run</c> runs its page on Vite's server.</remarks>
public sealed class PageOnAnotherOriginRecipeTests
{
    private const string Page = "docs/recipes/page-on-another-origin.md";
    private const string Vite = "http://localhost:5173";

    [Theory(Timeout = RunningSnippet.Deadline)]
    [InlineData("Production", "localhost:5173")] // through Vite, which keeps the host
    [InlineData("Development", null)] // without Vite
    public async Task The_page_connects(string environment, string? host)
    {
        await using var program = await RunningSnippet.Start(Page, 0, "--environment=" + environment);
        using var client = new ClientWebSocket();
        if (host is not null)
            client.Options.SetRequestHeader("Host", host);
        client.Options.SetRequestHeader("Origin", Vite);

        await program.Connect(client, "/ws/echo");

        Assert.Equal("Connected", await client.Hear());
        await client.Say("hello");
        Assert.Equal("You said hello", await client.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [InlineData("Production", Vite)] // without Vite, or with its changeOrigin
    [InlineData("Development", "http://127.0.0.1:5173")]
    public async Task Another_origin_is_refused(string environment, string origin)
    {
        await using var program = await RunningSnippet.Start(Page, 0, "--environment=" + environment);
        using var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Origin", origin);

        await Assert.ThrowsAsync<WebSocketException>(() => program.Connect(client, "/ws/echo"));

        Assert.Equal(HttpStatusCode.Forbidden, client.HttpStatusCode);
    }
}
