using System.Net;
using System.Text;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Krait.Runtime.Tests.Upgrading;

[WebSocketController("/decisions/{decision}")]
internal sealed partial class DecisionController
{
    [OnUpgrade]
    public static async Task<UpgradeDecision> Decide(string decision, HttpContext context)
    {
        await Task.Yield();
        switch (decision)
        {
            case "deny":
                return UpgradeDecision.Deny(StatusCodes.Status402PaymentRequired, "The room costs \"5 \u20ac\".");
            case "wordless":
                return UpgradeDecision.Deny(599);
            case "lone-surrogate":
                return UpgradeDecision.Deny(404, "\ud83d");
            case "teapot":
                context.Response.Headers["X-Kettle"] = "on";
                return UpgradeDecision.Deny(Results.Text("short and stout", "text/x-rhyme", Encoding.UTF8, StatusCodes.Status418ImATeapot));
            case "missing":
                return UpgradeDecision.Deny(StatusCodes.Status404NotFound, "No\nroom.");
            case "problem":
                return UpgradeDecision.Deny(Results.Problem("Full.", statusCode: StatusCodes.Status409Conflict));
            case "redirect":
                return UpgradeDecision.Deny(Results.Redirect("/elsewhere"));
            case "success":
                return UpgradeDecision.Deny(Results.Text("no"));
            case "broken-denial":
                return UpgradeDecision.Deny(new BrokenResult());
            case "throw":
                throw new InvalidOperationException("secret of the server");
            case "null":
                return null!;
            case "written":
                await context.Response.WriteAsync("hello");
                return UpgradeDecision.Accept();
            default:
                context.Response.Headers["X-Welcome"] = "you";
                context.Response.Cookies.Append("seat", "12");
                return UpgradeDecision.Accept();
        }
    }

    [OnMessage]
    public static string Echo(string message) => message;

    private sealed class BrokenResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("secret of the result");
    }
}

public class DecisionTests
{
    [Fact]
    public async Task A_denial_has_its_status_and_detail()
    {
        await using var app = await StartAsync();

        using var response = await AskAsync(app, "deny");

        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        Assert.Equal("The room costs \"5 \u20ac\".", await response.ProblemAsync());
    }

    [Fact]
    public async Task A_denial_may_have_an_unknown_status_and_no_detail()
    {
        await using var app = await StartAsync();

        using var response = await AskAsync(app, "wordless");

        Assert.Equal(599, (int)response.StatusCode);
        Assert.Null(await response.ProblemAsync());
    }

    [Fact]
    public async Task A_detail_that_is_no_valid_text_is_mended()
    {
        await using var app = await StartAsync();

        using var response = await AskAsync(app, "lone-surrogate");

        Assert.Equal("\ufffd", await response.ProblemAsync());
    }

    [Fact]
    public async Task A_denial_with_a_response_of_its_own_arrives_intact()
    {
        await using var app = await StartAsync();

        using var response = await AskAsync(app, "teapot");

        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("on", response.Headers.GetValues("X-Kettle").Single());
        Assert.Equal("text/x-rhyme; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("short and stout", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_denial_may_redirect()
    {
        await using var app = await StartAsync();

        using var response = await AskAsync(app, "redirect");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/elsewhere", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_denial_over_HTTP_2_has_its_status_and_detail()
    {
        await using var app = await StartAsync(HttpProtocols.Http2);

        using var response = await app.Client.AskAsync(Upgrades.ExtendedConnect("decisions/deny"));

        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        Assert.Equal("The room costs \"5 \u20ac\".", await response.ProblemAsync());
    }

    [Fact]
    public async Task A_denial_over_HTTP_2_cannot_look_like_an_acceptance()
    {
        await using var app = await StartAsync(HttpProtocols.Http2);

        using var response = await app.Client.AskAsync(Upgrades.ExtendedConnect("decisions/success"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("status 200", Assert.Single(app.Logs.OfKrait()).Message);
    }

    [Fact]
    public async Task Headers_and_cookies_go_out_with_the_101()
    {
        await using var app = await StartAsync();

        using var response = await AskAsync(app, "accept");

        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
        Assert.Equal("you", response.Headers.GetValues("X-Welcome").Single());
        Assert.StartsWith("seat=12", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("broken-denial")]
    public async Task An_exception_is_a_500_without_its_text_and_one_entry_in_the_log(string decision)
    {
        await using var app = await StartAsync();

        using var response = await AskAsync(app, decision);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await response.ProblemAsync());
        Assert.StartsWith("secret of the", Assert.Single(app.Logs.OfKrait()).Error?.Message);
    }

    [Fact]
    public async Task No_decision_at_all_is_a_500_that_the_log_explains()
    {
        await using var app = await StartAsync();

        using var response = await AskAsync(app, "null");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("[OnUpgrade] returned null", Assert.Single(app.Logs.OfKrait()).Message);
    }

    [Fact]
    public async Task An_acceptance_after_the_response_was_started_breaks_the_connection_and_is_logged()
    {
        await using var app = await StartAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => app.Client.SendAsync(Upgrades.Request("decisions/written"), TestContext.Current.CancellationToken));

        Assert.Contains(app.Logs.OfKrait(), entry => entry.Message.Contains("accepted after it had written to the response", StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> AskAsync(TestApp app, string decision) => app.Client.AskAsync(Upgrades.Request("decisions/" + decision));

    private static Task<TestApp> StartAsync(HttpProtocols protocols = HttpProtocols.Http1) =>
        TestApp.StartAsync(app => app.MapWebSocketController<DecisionController>(), protocols: protocols);
}
