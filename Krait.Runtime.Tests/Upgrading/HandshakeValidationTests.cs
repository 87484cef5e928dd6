using System.Net;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Krait.Runtime.Tests.Upgrading;

[WebSocketController("/plain")]
internal sealed partial class PlainController
{
    [OnMessage]
    public static string Echo(string message) => message;
}

public sealed class HandshakeValidationTests
{
    [Fact]
    public async Task A_request_that_is_no_upgrade_is_told_to_upgrade()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.GetAsync("plain", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("websocket", response.Headers.Upgrade.ToString());
        Assert.Contains("WebSocket", await response.ProblemAsync());
    }

    [Theory]
    [InlineData("Upgrade", "h2c")]
    [InlineData("Upgrade", "websockets")]
    [InlineData("Connection", "keep-alive")]
    public async Task An_upgrade_to_something_else_is_told_to_upgrade_to_websocket(string header, string value)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("plain", (header, value)));

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("websocket", response.Headers.Upgrade.ToString());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task An_upgrade_with_another_method_than_GET_is_told_to_use_GET(string method)
    {
        await using var app = await StartAsync();
        var request = Upgrades.Request("plain");
        request.Method = new(method);

        using var response = await app.Client.AskAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("GET", response.Content.Headers.Allow.Single());
        Assert.Contains(method, await response.ProblemAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    public async Task A_request_with_another_method_that_is_no_upgrade_is_told_to_upgrade(string method)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(new(new(method), "plain"));

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    [Fact]
    public async Task An_upgrade_over_HTTP_1_0_is_no_upgrade()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectTcpAsync();

        await client.GetStream().WriteAsync(Upgrades.Raw("plain", "HTTP/1.0"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.Contains(" 426 ", status);
    }

    [Theory]
    [InlineData("8")]
    [InlineData("14")]
    [InlineData("13, 8")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Another_version_than_13_is_told_the_version(string? version)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("plain", ("Sec-WebSocket-Version", version)));

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("13", response.Headers.GetValues("Sec-WebSocket-Version").Single());
        Assert.Contains("13", await response.ProblemAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("dGhlIHNhbXBsZSBub25jZSE=")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ=!")]
    [InlineData("dGhlIHNhbXBsZSBub25j ZQ==")]
    public async Task A_key_that_is_not_16_bytes_of_base64_is_refused(string? key)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("plain", ("Sec-WebSocket-Key", key)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Sec-WebSocket-Key", await response.ProblemAsync());
    }

    [Fact]
    public async Task A_refusal_leaves_no_warning_in_the_log()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.GetAsync("plain", TestContext.Current.CancellationToken);

        Assert.Empty(app.Logs.OfKrait());
    }

    [Fact]
    public async Task Over_HTTP_2_a_request_that_is_no_extended_CONNECT_is_told_to_upgrade()
    {
        await using var app = await StartAsync(HttpProtocols.Http2);

        using var response = await app.Client.GetAsync("plain", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Contains("WebSocket", await response.ProblemAsync());
    }

    [Fact]
    public async Task Over_HTTP_2_another_version_than_13_is_told_the_version()
    {
        await using var app = await StartAsync(HttpProtocols.Http2);
        var request = Upgrades.ExtendedConnect("plain");
        request.Headers.Remove("Sec-WebSocket-Version");

        using var response = await app.Client.AskAsync(request);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("13", response.Headers.GetValues("Sec-WebSocket-Version").Single());
    }

    [Fact]
    public async Task A_route_that_is_not_mapped_is_not_found()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("nowhere"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task On_TestServer_a_request_that_is_no_upgrade_is_told_to_upgrade()
    {
        await using var app = await TestApp.StartInMemoryAsync(app => app.MapWebSocketController<PlainController>());

        using var response = await app.Client.GetAsync("plain", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    private static Task<TestApp> StartAsync(HttpProtocols protocols = HttpProtocols.Http1) =>
        TestApp.StartAsync(app => app.MapWebSocketController<PlainController>(), protocols: protocols);
}
