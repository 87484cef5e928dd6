using System.Net.WebSockets;
using Krait.Runtime.Tests.Transport;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Runtime.Tests.Upgrading;

public class CarrierOfTests
{
    [Theory]
    [InlineData("GET", "HTTP/1.1", "websocket", true)]
    [InlineData("GET", "HTTP/1.1", "WebSocket", true)]
    [InlineData("GET", "HTTP/1.1", "h2c, websocket", true)]
    [InlineData("GET", "HTTP/1.1", "h2c,WEBSOCKET", true)]
    [InlineData("GET", "HTTP/1.1", "websockets", false)]
    [InlineData("GET", "HTTP/1.1", "h2c", false)]
    [InlineData("GET", "HTTP/1.1", null, false)]
    [InlineData("POST", "HTTP/1.1", "websocket", false)]
    [InlineData("GET", "HTTP/1.0", "websocket", false)]
    public void An_upgrade_on_HTTP_1_is_told_by_its_header(string method, string protocol, string? upgrade, bool isWebSocket)
    {
        var context = ContextWith<IHttpUpgradeFeature>(new Upgrade());
        (context.Request.Method, context.Request.Protocol, context.Request.Headers.Upgrade) = (method, protocol, upgrade);

        Assert.Equal(isWebSocket ? UpgradeCarrier.Http1 : UpgradeCarrier.None, OpeningHandshake.CarrierOf(context));
    }

    [Theory]
    [InlineData("websocket", true)]
    [InlineData("connect-udp", false)]
    [InlineData(null, false)]
    public void An_extended_CONNECT_is_told_by_its_protocol(string? protocol, bool isWebSocket)
    {
        var context = ContextWith<IHttpExtendedConnectFeature>(new Connect(protocol));

        Assert.Equal(isWebSocket ? UpgradeCarrier.Http2 : UpgradeCarrier.None, OpeningHandshake.CarrierOf(context));
    }

    [Fact]
    public void A_server_that_frames_by_itself_is_asked_last() =>
        Assert.Equal(UpgradeCarrier.WebSocketFeature, OpeningHandshake.CarrierOf(ContextWith<IHttpWebSocketFeature>(new Feature())));

    [Fact]
    public void A_plain_request_has_no_carrier() => Assert.Equal(UpgradeCarrier.None, OpeningHandshake.CarrierOf(new DefaultHttpContext()));

    [Fact]
    public async Task A_request_without_a_carrier_cannot_be_accepted() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await OpeningHandshake.AcceptAsync(new DefaultHttpContext(), null, Limits.Wide));

    private static DefaultHttpContext ContextWith<TFeature>(TFeature feature)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(feature);
        return context;
    }

    private sealed class Upgrade : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => true;

        public Task<Stream> UpgradeAsync() => throw new NotSupportedException();
    }

    private sealed class Connect(string? protocol) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => true;

        public string? Protocol => protocol;

        public ValueTask<Stream> AcceptAsync() => throw new NotSupportedException();
    }

    private sealed class Feature : IHttpWebSocketFeature
    {
        public bool IsWebSocketRequest => true;

        public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => throw new NotSupportedException();
    }
}
