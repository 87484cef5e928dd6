using System.Buffers.Text;
using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Krait.Runtime.Tests.EndToEnd;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>The user of a client, and the time for which it is authenticated.</summary>
public sealed class AuthenticationTests
{
    private const string Name = "base64url.bearer.authorization.shop";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_page_can_send_its_token_among_the_subprotocols()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("secret", ["other", "secret.v1", Item("ann")]);

        Assert.Equal("ann, offered other secret.v1", await client.ReceiveTextAsync());
        Assert.Equal("secret.v1", client.SubProtocol);
    }

    [Fact]
    public async Task A_client_without_a_valid_token_gets_401()
    {
        await using var app = await StartAsync();

        var response = await app.Client.SendAsync(Upgrade(app, "secret.v1"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_connection_ends_when_the_authentication_expires()
    {
        await using var app = await StartAsync(options => options.CloseOnAuthenticationExpiration = true);
        using var client = await app.ConnectAsync("secret", ["secret.v1", Item("ann")]);
        await client.ReceiveTextAsync();

        _time.Advance(TimeSpan.FromMinutes(4));
        await client.EchoAsync("still here");
        _time.Advance(TimeSpan.FromMinutes(1));

        var result = await client.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken).InTime();
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "authentication expired"), (result.CloseStatus, result.CloseStatusDescription));
    }

    [Fact]
    public async Task The_status_of_an_expired_authentication_can_be_one_of_the_application()
    {
        await using var app = await StartAsync(options =>
        {
            options.CloseOnAuthenticationExpiration = true;
            options.AuthenticationExpiredStatus = 4401;
        });
        using var client = await app.ConnectAsync("secret", ["secret.v1", Item("ann")]);
        await client.ReceiveTextAsync();
        _time.Advance(TimeSpan.FromMinutes(5));

        var result = await client.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken).InTime();
        Assert.Equal(4401, (int)result.CloseStatus!);
    }

    [Theory]
    [InlineData("ann", true)] // the same user
    [InlineData("bob", false)] // another
    [InlineData("nobody", false)] // no valid token
    [InlineData("ann-weak", false)] // valid, but the policy of the endpoint is not met
    public async Task A_client_can_bring_a_new_token_of_the_same_user(string token, bool succeeds)
    {
        await using var app = await StartAsync(options => options.CloseOnAuthenticationExpiration = true);
        using var client = await app.ConnectAsync("secret", ["secret.v1", Item("ann")]);
        await client.ReceiveTextAsync();
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal($"{succeeds}, ann", await client.EchoAsync("renew " + token));

        _time.Advance(TimeSpan.FromMinutes(2));
        if (!succeeds)
        {
            var result = await client.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken).InTime();
            Assert.Equal(WebSocketCloseStatus.PolicyViolation, result.CloseStatus);
            return;
        }

        await client.EchoAsync("still here");
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(WebSocketMessageType.Close, (await client.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken).InTime()).MessageType);
    }

    [Fact]
    public async Task A_handler_can_renew_the_authentication_before_it_ends()
    {
        await using var app = await StartAsync(options => options.CloseOnAuthenticationExpiration = true);
        using var client = await app.ConnectAsync("renewing", ["renewing.v1", Item("ann")]);
        var end = _time.GetUtcNow() + TimeSpan.FromMinutes(5);
        Assert.Equal("hello ann", await client.EchoAsync("hello"));

        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(4.5));
            Assert.Equal($"{end:HH:mm:ss}, renewed True", await client.ReceiveTextAsync());
            end = _time.GetUtcNow() + TimeSpan.FromMinutes(5);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_OnExpiring_that_is_never_called_is_a_warning(bool closes)
    {
        await using var app = await StartAsync(options => options.CloseOnAuthenticationExpiration = closes);

        var warnings = app.Logs.OfKrait().Where(static entry => entry.Id.Id == 114).Select(static entry => entry.Message);

        Assert.Equal(
            closes
                ? []
                :
                [
                    "RenewingController: [OnExpiring] is never called, because KraitOptions.CloseOnAuthenticationExpiration is false. Set it to true, or remove the handler.",
                ],
            warnings);
    }

    [Fact]
    public async Task Without_the_option_a_connection_outlives_its_authentication()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("secret", ["secret.v1", Item("ann")]);
        await client.ReceiveTextAsync();
        _time.Advance(TimeSpan.FromMinutes(6));

        await client.EchoAsync("still here");
    }

    private static string Item(string token) => $"{Name}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}";

    private static HttpRequestMessage Upgrade(TestApp app, params string[] protocols)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.BaseAddress, "secret"));
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.Headers.Add("Sec-WebSocket-Protocol", protocols);
        return request;
    }

    private Task<TestApp> StartAsync(Action<KraitOptions>? configure = null) => TestApp.StartAsync(
        static app =>
        {
            app.UseAuthentication().UseAuthorization();
            app.MapWebSocketController<SecretController>();
            app.MapWebSocketController<RenewingController>();
        },
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.Services.AddAuthentication("token").AddScheme<AuthenticationSchemeOptions, TokenHandler>("token", null);
            builder.Services.AddAuthorization(static options => options.AddPolicy("strong", static policy => policy.RequireClaim("strong")));
            builder.Services.Configure<KraitOptions>(options => options.BearerProtocol = Name);
            builder.Services.Configure<KraitOptions>(options => configure?.Invoke(options));
        });

    /// <summary>Takes a token for the name of the user; it is valid for five minutes.</summary>
    private sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization.ToString().Split(' ') is not ["Bearer", var token] || token == "nobody")
                return Task.FromResult(AuthenticateResult.NoResult());

            var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, token.Split('-')[0])], Scheme.Name);
            if (!token.EndsWith("weak", StringComparison.Ordinal))
                identity.AddClaim(new("strong", "yes"));

            var properties = new AuthenticationProperties { ExpiresUtc = TimeProvider.GetUtcNow() + TimeSpan.FromMinutes(5) };
            return Task.FromResult(AuthenticateResult.Success(new(new(identity), properties, Scheme.Name)));
        }
    }
}

[Authorize("strong")]
[WebSocketController("/secret", Protocols = "secret.v1")]
internal sealed partial class SecretController
{
    [OnOpen]
    private string Enter() =>
        $"{Connection.User.FindFirstValue(ClaimTypes.NameIdentifier)}, offered {string.Join(' ', Connection.UpgradeRequest.Protocols)}";

    [OnMessage]
    private async Task<string> Answer(string text)
    {
        if (text.Split(' ') is not ["renew", var token])
            return text;

        var isRenewed = await Connection.ReauthenticateAsync(token);
        return $"{isRenewed}, {Connection.User.FindFirstValue(ClaimTypes.NameIdentifier)}";
    }
}

[Authorize("strong")]
[WebSocketController("/renewing", Protocols = "renewing.v1")]
internal sealed partial class RenewingController
{
    [OnMessage]
    private string Answer(string text) => $"{text} {Connection.User.FindFirstValue(ClaimTypes.NameIdentifier)}";

    [OnExpiring]
    private async Task<string> Renew(ExpirationInfo expiration) =>
        $"{expiration.ExpiresAt:HH:mm:ss}, renewed {await Connection.ReauthenticateAsync("ann")}";
}
