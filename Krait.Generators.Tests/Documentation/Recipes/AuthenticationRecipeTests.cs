using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/authentication.md</summary>
public sealed class AuthenticationRecipeTests
{
    private const string Page = "docs/recipes/authentication.md";
    private const string Protocol = "hello.v1";

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task A_cookie_lets_its_user_connect_but_not_a_page_of_another_site()
    {
        await using var program = await RunningSnippet.Start(Page);
        using var response = await LogIn(program, "/login");
        var cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Cookie", cookie);
        await program.Connect(client, "/hello", Protocol);
        Assert.Equal("Hello, Ada!", await client.Hear());

        using var foreign = new ClientWebSocket();
        foreign.Options.SetRequestHeader("Cookie", cookie);
        foreign.Options.SetRequestHeader("Origin", "https://example.com");
        await Assert.ThrowsAsync<WebSocketException>(() => program.Connect(foreign, "/hello", Protocol));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
    }

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task A_token_lets_its_user_connect_among_the_subprotocols_or_in_the_header()
    {
        await using var program = await RunningSnippet.Start(Page);
        using var response = await LogIn(program, "/token");
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var token = json.GetProperty("accessToken").GetString()!;

        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(token)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        using var page = await program.Connect("/hello", Protocol, "base64url.bearer.authorization.example." + encoded);
        Assert.Equal(Protocol, page.SubProtocol);
        Assert.Equal("Hello, Ada!", await page.Hear());

        using var phone = new ClientWebSocket();
        phone.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await program.Connect(phone, "/hello", Protocol);
        Assert.Equal("Hello, Ada!", await phone.Hear());
        await phone.Say("good morning");
        Assert.Equal("Ada said good morning", await phone.Hear());
    }

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task Without_a_login_the_upgrade_is_refused()
    {
        await using var program = await RunningSnippet.Start(Page);
        using var response = await LogIn(program, "/login", password: "guessed");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);

        using var client = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => program.Connect(client, "/hello", Protocol));
        Assert.Equal(HttpStatusCode.Unauthorized, client.HttpStatusCode);
    }

    private static Task<HttpResponseMessage> LogIn(RunningSnippet program, string path, string password = "secret") =>
        program.Http.PostAsJsonAsync(path, new { name = "Ada", password }, TestContext.Current.CancellationToken);
}
