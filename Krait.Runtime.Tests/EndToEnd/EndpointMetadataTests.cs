using System.Security.Claims;
using System.Text.Encodings.Web;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Upgrading;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Attributes of the class and conventions of the group apply to the endpoint, and are enforced before the upgrade.</summary>
public class EndpointMetadataTests
{
    [Theory]
    [InlineData("members", null, null, 401)]
    [InlineData("members", "ann", null, 403)]
    [InlineData("members", "ann", "member", 101)]
    [InlineData("group/obey", null, null, 401)]
    [InlineData("group/obey", "ann", null, 101)]
    public async Task Authorization_is_enforced_before_the_upgrade(string path, string? user, string? role, int status)
    {
        await using var app = await StartAsync();
        using var response = await app.Client.AskAsync(Upgrades.Request(path, ("X-User", user), ("X-Role", role)));
        Assert.Equal(status, (int)response.StatusCode);
        if (status != 101)
            Assert.Empty(app.Journal().Entries);
    }

    [Fact]
    public async Task The_connection_knows_its_user()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("members", null, ("X-User", "ann"), ("X-Role", "member"));
        Assert.Equal("welcome ann", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_rate_limit_on_the_class_is_enforced()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("once");
        Assert.Equal("hello", await client.AskAsync("hello"));
        using var refused = await app.Client.AskAsync(Upgrades.Request("once"));
        Assert.Equal(429, (int)refused.StatusCode);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        app =>
        {
            app.UseRateLimiter();
            app.MapWebSocketController<MembersController>();
            app.MapWebSocketController<OnceController>();
            app.MapGroup("/group").RequireAuthorization().MapWebSocketController<ObedientController>();
        },
        builder =>
        {
            builder.Services.AddSingleton<Journal>().AddSingleton<Gate>().AddSingleton<Births>();
            builder.Services.AddAuthorization();
            builder.Services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("header", null);
            builder.Services.AddRateLimiter(limiter =>
            {
                limiter.RejectionStatusCode = 429;
                limiter.AddFixedWindowLimiter("once", window => (window.PermitLimit, window.Window) = (1, TimeSpan.FromHours(1)));
            });
        });

    /// <summary>Believes the headers X-User and X-Role.</summary>
    internal sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-User"] is not [{ } user])
                return Task.FromResult(AuthenticateResult.NoResult());

            var identity = new ClaimsIdentity([new(ClaimTypes.Name, user), new(ClaimTypes.Role, Request.Headers["X-Role"].ToString())], "header");
            return Task.FromResult(AuthenticateResult.Success(new(new(identity), "header")));
        }
    }
}

/// <summary>For members.</summary>
[WebSocketController("/members")]
[Authorize(Roles = "member")]
internal sealed partial class MembersController(Journal journal)
{
    [OnOpen]
    private string Welcome(ClaimsPrincipal user)
    {
        journal.Note("opened");
        return $"welcome {(user == Connection.User ? user.Identity?.Name : "stranger")}";
    }
}

/// <summary>Opens once.</summary>
[WebSocketController("/once")]
[EnableRateLimiting("once")]
internal sealed partial class OnceController
{
    [OnMessage]
    private static string Echo(string message) => message;
}
