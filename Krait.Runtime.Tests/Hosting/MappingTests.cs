using System.Net;
using System.Net.WebSockets;
using Krait.CompilerServices;
using Krait.Runtime.Tests.Upgrading;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Hosting;

[WebSocketController("/rooms/{room}")]
[Tags("rooms")]
internal sealed partial class TaggedController(string room)
{
    [OnMessage]
    public string Echo(string message) => $"{room}: {message}";
}

/// <summary>Written by hand, since the analyzer would refuse it.</summary>
internal sealed class NegativeController : IWebSocketController<NegativeController>
{
    public static WebSocketControllerDescriptor<NegativeController> Descriptor => new ControllerDescriptor<NegativeController, string, string>
    {
        Pattern = "/negative",
        Delivery = MessageDelivery.Event,
        MaxMessageSize = -1,
        Create = _ => new(),
        Attach = (_, _, _) => { },
        Decoder = _ => MessageCodecs.Text,
        Encoder = _ => MessageCodecs.Text,
    };
}

#pragma warning disable KRAIT026 // The runtime says it as well.
[WebSocketController("/pathful", AllowedOrigins = "https://app.example/path")]
internal sealed partial class PathfulOriginController
{
    [OnMessage]
    public static string Echo(string message) => message;
}
#pragma warning restore KRAIT026

public class MappingTests
{
    [Fact]
    public async Task Mapping_without_AddKrait_says_what_to_call()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.MapWebSocketController<PlainController>());

        Assert.Contains("builder.Services.AddKrait()", error.Message);
    }

    [Fact]
    public async Task A_controller_with_a_negative_limit_cannot_be_mapped()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(app => app.MapWebSocketController<NegativeController>()));

        Assert.Contains("NegativeController: MaxMessageSize is -1", error.Message);
    }

    [Fact]
    public async Task A_controller_that_allows_what_is_no_origin_cannot_be_mapped()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(app => app.MapWebSocketController<PathfulOriginController>()));

        Assert.Contains("PathfulOriginController: AllowedOrigins: 'https://app.example/path'", error.Message);
    }

    [Fact]
    public async Task The_endpoint_has_the_attributes_of_the_class()
    {
        await using var app = await StartAsync(app => app.MapWebSocketController<TaggedController>());

        Assert.Equal(["rooms"], Endpoint(app).Metadata.GetRequiredMetadata<TagsAttribute>().Tags);
    }

    [Fact]
    public async Task The_endpoint_has_no_method_constraint()
    {
        await using var app = await StartAsync(app => app.MapWebSocketController<TaggedController>());

        Assert.Null(Endpoint(app).Metadata.GetMetadata<IHttpMethodMetadata>());
    }

    [Fact]
    public async Task The_endpoint_is_named_by_its_whole_pattern_and_the_controller()
    {
        await using var app = await StartAsync(app => app.MapGroup("/v1").MapWebSocketController<TaggedController>());

        Assert.Equal("WebSocket /v1/rooms/{room} (TaggedController)", Endpoint(app).DisplayName);
    }

    [Fact]
    public async Task Another_pattern_takes_the_place_of_the_attributes()
    {
        await using var app = await StartAsync(app => app.MapWebSocketController<TaggedController>("/elsewhere/{room}"));

        using var socket = await app.ConnectAsync("elsewhere/lobby");

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task A_pattern_that_lacks_a_route_value_is_a_500_and_the_log_names_both()
    {
        await using var app = await StartAsync(app => app.MapWebSocketController<TaggedController>("/elsewhere"));

        using var response = await app.Client.AskAsync(Upgrades.Request("elsewhere"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var logged = Assert.Single(app.Logs.OfKrait()).Message;
        Assert.Contains("'room'", logged);
        Assert.Contains("'/elsewhere'", logged);
    }

    [Fact]
    public async Task What_a_group_demands_holds_for_its_controllers()
    {
        await using var app = await StartAsync(app => app.MapGroup("/private").RequireAuthorization().MapWebSocketController<PlainController>());

        Assert.NotNull(Endpoint(app).Metadata.GetMetadata<IAuthorizeData>());
    }

    [Fact]
    public async Task What_is_demanded_of_combined_builders_holds_for_each()
    {
        await using var app = await StartAsync(app => ControllerMapping
            .Combine(app.MapWebSocketController<PlainController>(), app.MapWebSocketController<TaggedController>())
            .RequireHost("other.example"));

        using var first = await app.Client.AskAsync(Upgrades.Request("plain"));
        using var second = await app.Client.AskAsync(Upgrades.Request("rooms/lobby"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task What_is_finally_done_to_combined_builders_is_done_to_each()
    {
        var done = new List<string?>();
        await using var app = await StartAsync(app => ControllerMapping
            .Combine(app.MapWebSocketController<PlainController>(), app.MapWebSocketController<TaggedController>())
            .Finally(endpoint => done.Add(((RouteEndpointBuilder)endpoint).RoutePattern.RawText)));

        _ = app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Equal(["/plain", "/rooms/{room}"], done);
    }

    [Fact]
    public async Task A_connection_outlives_the_timeout_of_requests()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.UseRequestTimeouts();
                app.MapWebSocketController<PlainController>();
                app.MapGet("/slow", async (HttpContext context) => await Task.Delay(Timeout.Infinite, context.RequestAborted));
            },
            builder => builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new() { Timeout = TimeSpan.FromMilliseconds(50) }));
        using var socket = await app.ConnectAsync("plain");

        using var slow = await app.Client.GetAsync("slow", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.GatewayTimeout, slow.StatusCode);
        Assert.Equal("still here", await socket.EchoAsync("still here"));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_controller_connects_with_UseWebSockets_as_without(HttpProtocols protocols)
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.UseWebSockets();
                app.MapWebSocketController<PlainController>();
            },
            protocols: protocols);

        using var socket = await app.ConnectAsync("plain");

        Assert.Equal("hello", await socket.EchoAsync("hello"));
    }

    private static Task<TestApp> StartAsync(Action<WebApplication> map) =>
        TestApp.StartAsync(map, builder => builder.Services.AddAuthorization());

    private static RouteEndpoint Endpoint(TestApp app) =>
        Assert.IsType<RouteEndpoint>(Assert.Single(app.Services.GetRequiredService<EndpointDataSource>().Endpoints));
}
