using System.Buffers.Text;
using System.Text;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>Tokens among the offered subprotocols.</summary>
public sealed class BearerTokenTests
{
    private const string Name = "base64url.bearer.authorization.shop";

    private readonly IHeaderDictionary _headers = new HeaderDictionary();

    [Theory]
    [InlineData("chat.v1, {0}", "chat.v1")]
    [InlineData("{0}, chat.v1", "chat.v1")]
    [InlineData("chat.v2,{0},chat.v1", "chat.v2, chat.v1")]
    [InlineData("{0}", null)]
    public void The_token_becomes_the_Authorization_header_and_is_offered_no_more(string offered, string? left)
    {
        Assert.Null(Move(offered.Replace("{0}", Item("ey.J+/ö"), StringComparison.Ordinal)));

        Assert.Equal("Bearer ey.J+/ö", _headers.Authorization);
        Assert.Equal(left, _headers.SecWebSocketProtocol.Count == 0 ? null : _headers.SecWebSocketProtocol.ToString());
    }

    [Fact]
    public void The_token_may_come_in_any_of_several_headers()
    {
        _headers.SecWebSocketProtocol = new(["chat.v1", Item("token")]);

        Assert.Null(BearerToken.Move(_headers, Name));

        Assert.Equal(("Bearer token", "chat.v1"), (_headers.Authorization.ToString(), _headers.SecWebSocketProtocol.ToString()));
    }

    [Theory]
    [InlineData("chat.v1")]
    [InlineData("base64url.bearer.authorization.shopping.abcd")]
    [InlineData("base64url.bearer.authorization")]
    public void Other_subprotocols_are_left_alone(string offered)
    {
        Assert.Null(Move(offered));

        Assert.Equal((0, offered), (_headers.Authorization.Count, _headers.SecWebSocketProtocol.ToString()));
    }

    [Theory]
    [InlineData(Name)] // no token
    [InlineData(Name + ".")]
    [InlineData(Name + ".YWJj=")] // padding
    [InlineData(Name + ".YWJjZA==")]
    [InlineData(Name + ".YW+/")] // base64, not base64url
    [InlineData(Name + ".YWJjZ")] // no whole number of bytes
    [InlineData(Name + "._w")] // not UTF-8
    [InlineData(Name + ".YQpi")] // a line feed
    [InlineData(Name + ".YQBi")] // a zero
    [InlineData("Base64URL.bearer.authorization.shop.YWJj=")] // another case
    public void A_malformed_token_is_refused_and_seen_by_nobody(string offered)
    {
        Assert.Contains("base64url, without padding", Move("chat.v1, " + offered)!, StringComparison.Ordinal);

        Assert.Equal((0, "chat.v1"), (_headers.Authorization.Count, _headers.SecWebSocketProtocol.ToString()));
    }

    [Fact]
    public void Two_tokens_are_refused()
    {
        Assert.Contains("only one", Move($"{Item("a")}, {Item("b")}")!, StringComparison.Ordinal);

        Assert.Equal((0, 0), (_headers.Authorization.Count, _headers.SecWebSocketProtocol.Count));
    }

    [Fact]
    public void A_token_next_to_an_Authorization_header_is_refused()
    {
        _headers.Authorization = "Basic abc";

        Assert.Contains("only one of them", Move(Item("a"))!, StringComparison.Ordinal);
    }

    private static string Item(string token) => $"{Name}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}";

    private string? Move(string offered)
    {
        _headers.SecWebSocketProtocol = offered;
        return BearerToken.Move(_headers, Name);
    }
}
