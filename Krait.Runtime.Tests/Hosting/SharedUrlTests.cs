using System.Net;
using Krait.Runtime.Tests.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>A page and a socket at one URL.</summary>
public sealed class SharedUrlTests
{
    [Fact]
    public async Task A_browser_that_asks_for_the_page_gets_the_page()
    {
        await using var app = await StartAsync();

        Assert.Equal("the page of lobby", await app.Client.GetStringAsync("rooms/lobby", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_client_that_asks_for_the_socket_gets_the_socket(HttpProtocols protocols)
    {
        await using var app = await StartAsync(protocols);

        using var socket = await app.ConnectAsync("rooms/lobby");

        Assert.Equal("lobby: hello", await socket.EchoAsync("hello"));
    }

    [Fact]
    public async Task On_TestServer_page_and_socket_share_their_URL_too()
    {
        await using var app = await TestApp.StartInMemoryAsync(Map);

        using var socket = await app.ConnectAsync("rooms/lobby");

        Assert.Equal("lobby: hello", await socket.EchoAsync("hello"));
        Assert.Equal("the page of lobby", await app.Client.GetStringAsync("rooms/lobby", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_form_may_be_posted_to_the_URL()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PostAsync("rooms/lobby", null, TestContext.Current.CancellationToken);

        Assert.Equal("posted", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_endpoint_without_a_method_shares_the_URL_as_well()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            app.Map("/plain", context => context.Response.WriteAsync("anything else"));
            app.MapWebSocketController<PlainController>();
        });

        Assert.Equal("anything else", await app.Client.GetStringAsync("plain", TestContext.Current.CancellationToken));
        using var socket = await app.ConnectAsync("plain");
        Assert.Equal("hello", await socket.EchoAsync("hello"));
    }

    [Fact]
    public async Task A_fallback_does_not_hide_that_the_URL_is_a_socket()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            app.MapFallback(context => context.Response.WriteAsync("the application"));
            app.MapWebSocketController<PlainController>();
        });

        using var response = await app.Client.GetAsync("plain", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    [Fact]
    public async Task A_more_exact_endpoint_stays_before_a_controller_that_takes_anything()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            app.MapGet("/rooms/hall", context => context.Response.WriteAsync("the hall"));
            app.MapWebSocketController<TaggedController>();
        });

        using var response = await app.Client.AskAsync(Upgrades.Request("rooms/hall"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task<TestApp> StartAsync(HttpProtocols protocols = HttpProtocols.Http1) => TestApp.StartAsync(Map, protocols: protocols);

    private static void Map(WebApplication app)
    {
        app.MapGet("/rooms/{name}", context => context.Response.WriteAsync($"the page of {context.Request.RouteValues["name"]}"));
        app.MapPost("/rooms/{name}", context => context.Response.WriteAsync("posted"));
        app.MapWebSocketController<TaggedController>();
    }
}
