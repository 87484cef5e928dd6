using System.Net;
using System.Net.WebSockets;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Upgrading;

[WebSocketController("/partner", AllowedOrigins = "https://partner.example")]
internal sealed partial class PartnerController
{
    [OnMessage]
    public static string Echo(string message) => message;
}

public class OriginTests
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1.evil.example")]
    public async Task A_foreign_page_is_forbidden(string origin)
    {
        await using var app = await TestApp.StartAsync(app => app.MapWebSocketController<PlainController>());

        using var response = await app.Client.AskAsync(Upgrades.Request("plain", ("Origin", origin)));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var problem = await response.ProblemAsync();
        Assert.Contains($"'{origin}'", problem);
        Assert.Contains($"'{app.BaseAddress.Authority}'", problem);
        Assert.Contains("AllowedOrigins", problem);
    }

    [Fact]
    public async Task A_foreign_page_is_forbidden_over_HTTP_2_as_well()
    {
        await using var app = await TestApp.StartAsync(app => app.MapWebSocketController<PlainController>(), protocols: HttpProtocols.Http2);

        using var response = await app.Client.AskAsync(Upgrades.ExtendedConnect("plain", ("Origin", "https://evil.example")));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("evil.example", await response.ProblemAsync());
    }

    [Fact]
    public async Task A_page_of_the_same_host_connects()
    {
        await using var app = await TestApp.StartAsync(app => app.MapWebSocketController<PlainController>());

        using var socket = await app.ConnectAsync("plain", headers: ("Origin", "http://" + app.BaseAddress.Authority));

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task A_client_without_an_origin_connects()
    {
        await using var app = await TestApp.StartAsync(app => app.MapWebSocketController<PlainController>());

        using var socket = await app.ConnectAsync("plain");

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task An_origin_that_the_options_allow_connects()
    {
        await using var app = await TestApp.StartAsync(
            app => app.MapWebSocketController<PlainController>(),
            builder => builder.Services.Configure<KraitOptions>(options => options.AllowedOrigins.Add("https://app.example")));

        using var socket = await app.ConnectAsync("plain", headers: ("Origin", "https://app.example"));

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task An_origin_that_the_controller_allows_connects()
    {
        await using var app = await TestApp.StartAsync(app => app.MapWebSocketController<PartnerController>());

        using var socket = await app.ConnectAsync("partner", headers: ("Origin", "https://partner.example"));

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task The_controllers_own_list_takes_the_place_of_the_options()
    {
        await using var app = await TestApp.StartAsync(
            app => app.MapWebSocketController<PartnerController>(),
            builder => builder.Services.Configure<KraitOptions>(options => options.AllowedOrigins.Add("https://app.example")));

        using var response = await app.Client.AskAsync(Upgrades.Request("partner", ("Origin", "https://app.example")));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
