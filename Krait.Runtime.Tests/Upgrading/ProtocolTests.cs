using System.Net;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Krait.Runtime.Tests.Upgrading;

[WebSocketController("/versions", Protocols = "chat.v2, chat.v1")]
internal sealed partial class VersionsController
{
    [OnMessage]
    public static string Echo(string message) => message;
}

[WebSocketController("/lenient", Protocols = "chat.v2", ProtocolRequired = false)]
internal sealed partial class TolerantController
{
    [OnMessage]
    public static string Echo(string message) => message;
}

[WebSocketController("/chosen", Protocols = "chat.v2, chat.v1")]
internal sealed partial class ChosenController
{
    [OnUpgrade]
    public static UpgradeDecision Choose([FromQuery] string protocol) => UpgradeDecision.Accept(protocol);

    [OnMessage]
    public static string Echo(string message) => message;
}

public class ProtocolTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task The_servers_preference_wins(HttpProtocols carrier)
    {
        await using var app = await StartAsync(carrier);

        using var socket = await app.ConnectAsync("versions", ["chat.v1", "chat.v2"]);

        Assert.Equal("chat.v2", socket.SubProtocol);
    }

    [Fact]
    public async Task The_servers_preference_wins_on_TestServer()
    {
        await using var app = await TestApp.StartInMemoryAsync(Map);

        using var socket = await app.ConnectAsync("versions", ["chat.v1", "chat.v2"]);

        Assert.Equal("chat.v2", socket.SubProtocol);
    }

    [Theory]
    [InlineData("chat.v1,chat.v2")]
    [InlineData("chat.v1 , chat.v2")]
    public async Task The_answer_names_one_protocol(string offer)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("versions", ("Sec-WebSocket-Protocol", offer)));

        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
        Assert.Equal(["chat.v2"], response.Headers.GetValues("Sec-WebSocket-Protocol"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("chat.v3")]
    [InlineData("CHAT.V2")]
    public async Task A_client_that_offers_no_supported_protocol_is_refused_before_the_upgrade(string? offer)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("versions", ("Sec-WebSocket-Protocol", offer)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("chat.v2, chat.v1", await response.ProblemAsync());
    }

    [Fact]
    public async Task Where_no_protocol_is_required_a_client_without_one_connects()
    {
        await using var app = await StartAsync();

        using var socket = await app.ConnectAsync("lenient");

        Assert.Null(socket.SubProtocol);
    }

    [Fact]
    public async Task A_controller_without_protocols_agrees_on_none()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("plain", ("Sec-WebSocket-Protocol", "chat.v2")));

        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
        Assert.False(response.Headers.Contains("Sec-WebSocket-Protocol"));
    }

    [Theory]
    [InlineData("WebSocket")]
    [InlineData("h2c, websocket")]
    public async Task The_upgrade_header_may_be_in_any_case_and_name_more(string upgrade)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("plain", ("Upgrade", upgrade)));

        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
    }

    [Fact]
    public async Task The_controller_may_choose_another_protocol_that_was_offered()
    {
        await using var app = await StartAsync();

        using var socket = await app.ConnectAsync("chosen?protocol=chat.v1", ["chat.v2", "chat.v1"]);

        Assert.Equal("chat.v1", socket.SubProtocol);
    }

    [Fact]
    public async Task A_controller_that_accepts_what_was_not_offered_fails_before_the_upgrade()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("chosen?protocol=chat.v1", ("Sec-WebSocket-Protocol", "chat.v2")));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("chat.v1", await response.ProblemAsync());
        Assert.Contains("'chat.v1', which the client had not offered", Assert.Single(app.Logs.OfKrait()).Message);
    }

    private static Task<TestApp> StartAsync(HttpProtocols carrier = HttpProtocols.Http1) => TestApp.StartAsync(Map, protocols: carrier);

    private static void Map(WebApplication app)
    {
        app.MapWebSocketController<PlainController>();
        app.MapWebSocketController<VersionsController>();
        app.MapWebSocketController<TolerantController>();
        app.MapWebSocketController<ChosenController>();
    }
}
