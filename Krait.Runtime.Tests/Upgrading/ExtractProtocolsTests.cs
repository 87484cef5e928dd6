using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Krait.Runtime.Tests.Upgrading;

public sealed class ExtractProtocolsTests
{
    [Theory]
    [InlineData("a,b")]
    [InlineData("a, b")]
    [InlineData(" a ,\tb ")]
    [InlineData("a,,b,")]
    public void Spacing_does_not_matter(string header)
    {
        Assert.Equal(["a", "b"], UpgradeRequest.ExtractProtocols(Request(header)));
    }

    [Fact]
    public void Several_headers_are_read_in_order()
    {
        Assert.Equal(["c", "a", "b"], UpgradeRequest.ExtractProtocols(Request(new StringValues(["c, a", "b"]))));
    }

    [Fact]
    public void Names_keep_their_case()
    {
        Assert.Equal(["Chat.V2"], UpgradeRequest.ExtractProtocols(Request("Chat.V2")));
    }

    [Fact]
    public void What_is_no_token_is_left_out()
    {
        Assert.Equal(["good"], UpgradeRequest.ExtractProtocols(Request("two words, \"quoted\", good, caf\u00e9")));
    }

    [Fact]
    public void A_client_may_offer_none()
    {
        Assert.Empty(UpgradeRequest.ExtractProtocols(Request(StringValues.Empty)));
    }

    [Theory]
    [InlineData("WebSocket")]
    [InlineData("WEBSOCKET")]
    [InlineData("h2c, websocket")]
    public void The_upgrade_is_recognized_in_any_case_and_place(string upgrade)
    {
        var request = Request("a");
        request.Headers.Upgrade = upgrade;

        Assert.Equal(["a"], UpgradeRequest.ExtractProtocols(request));
    }

    [Fact]
    public void The_connection_header_may_name_more_than_the_upgrade()
    {
        var request = Request("a");
        request.Headers.Connection = "keep-alive, upgrade";

        Assert.Equal(["a"], UpgradeRequest.ExtractProtocols(request));
    }

    [Fact]
    public void A_request_without_an_upgrade_offers_nothing()
    {
        var request = Request("a");
        request.Headers.Upgrade = StringValues.Empty;

        Assert.Empty(UpgradeRequest.ExtractProtocols(request));
    }

    [Theory]
    [InlineData("POST", "HTTP/1.1")]
    [InlineData("GET", "HTTP/1.0")]
    public void Another_method_or_an_older_HTTP_offers_nothing(string method, string protocol)
    {
        var request = Request("a");
        (request.Method, request.Protocol) = (method, protocol);

        Assert.Empty(UpgradeRequest.ExtractProtocols(request));
    }

    private static HttpRequest Request(StringValues protocols)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Protocol) = (HttpMethods.Get, HttpProtocol.Http11);
        request.Headers.Connection = "Upgrade";
        request.Headers.Upgrade = "websocket";
        request.Headers.SecWebSocketProtocol = protocols;
        return request;
    }
}
