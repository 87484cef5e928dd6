using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Krait.Runtime.Tests.Upgrading;

public sealed class OriginPolicyTests
{
    [Theory]
    [MemberData(nameof(OriginCases.Allowed), MemberType = typeof(OriginCases))]
    public void What_can_be_allowed_is_taken(string origin) => Assert.Null(Record.Exception(() => new OriginPolicy([origin])));

    [Theory]
    [MemberData(nameof(OriginCases.Refused), MemberType = typeof(OriginCases))]
    public void What_is_no_origin_is_refused_at_once(string origin) => Assert.Throws<FormatException>(() => new OriginPolicy([origin]));

    [Theory]
    [InlineData("http://example.com", "example.com")]
    [InlineData("https://example.com", "example.com")]
    [InlineData("https://EXAMPLE.com", "Example.COM")]
    [InlineData("http://example.com", "example.com:80")]
    [InlineData("https://example.com", "example.com:443")]
    [InlineData("https://example.com:443", "example.com")]
    [InlineData("https://example.com:8443", "example.com:8443")]
    [InlineData("http://[::1]:5080", "[::1]:5080")]
    public void A_page_of_the_same_host_and_port_may_connect(string origin, string host)
    {
        Assert.Null(Check([], origin, host));
    }

    [Theory]
    [InlineData("https://other.example")]
    [InlineData("https://example.com.evil.example")]
    [InlineData("https://evilexample.com")]
    [InlineData("https://sub.example.com")]
    [InlineData("https://example.com.")]
    [InlineData("https://example.com:8443")]
    [InlineData("https://example.com@evil.example")]
    [InlineData("https://evil.example#example.com")]
    [InlineData("https://evil.example/example.com")]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com:443:443")]
    [InlineData("https://example.com:")]
    [InlineData("https://example.com:+443")]
    [InlineData("https://example.com:99999")]
    [InlineData("https://ex\u0430mple.com")]
    [InlineData("chrome-extension://example.com")]
    [InlineData("//example.com")]
    [InlineData("example.com")]
    [InlineData("https://")]
    [InlineData("://example.com")]
    [InlineData("https://example.com https://example.com")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData(" ")]
    public void A_foreign_page_or_a_look_alike_is_forbidden(string origin)
    {
        Assert.Equal(403, Check([], origin)?.StatusCode);
    }

    [Fact]
    public void The_port_that_the_pages_scheme_means_counts()
    {
        Assert.Equal(403, Check([], "http://example.com", "example.com:443")?.StatusCode);
    }

    [Theory]
    [InlineData("https://xn--mnchen-3ya.example", "xn--mnchen-3ya.example")]
    [InlineData("https://XN--Mnchen-3ya.example", "xn--mnchen-3ya.EXAMPLE:443")]
    [InlineData("https://xn--mnchen-3ya.example", "m\u00fcnchen.example")]
    [InlineData("https://xn--mnchen-3ya.example", "M\u00dcNCHEN.example")]
    [InlineData("https://m\u00fcnchen.example:8443", "xn--mnchen-3ya.example:8443")]
    [InlineData("https://my_host.example", "my_host.example")]
    public void Hosts_are_compared_in_one_spelling(string origin, string host)
    {
        Assert.Null(Check([], origin, host));
    }

    [Theory]
    [InlineData("https://xn--mnchen-3ya.example", "munchen.example")]
    [InlineData("https://xn--mnchen-3ya.example", "xn--mnchen-3yb.example")]
    [InlineData("https://example.com", "ex\u0430mple.com")]
    [InlineData("https://a/c", "\u2100")]
    [InlineData("https://a.example", "a.example\uff1a443")]
    public void Hosts_that_differ_in_one_spelling_are_foreign(string origin, string host)
    {
        Assert.Equal(403, Check([], origin, host)?.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":443")]
    [InlineData("xn--")]
    [InlineData("xn--\u00fc")]
    [InlineData("xn--a-ecp.example")]
    [InlineData("xn--99999999999")]
    [InlineData("\u00fc..example")]
    [InlineData(".\u00fc")]
    [InlineData("\ud83d")]
    [InlineData("\u00ad")]
    [InlineData("\u200d\u00fc")]
    [InlineData("\uffff")]
    [InlineData("-\u00fc-")]
    [InlineData("\u3002\u3002")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[\u00fc]")]
    [InlineData("example.com:")]
    [InlineData("example.com:0")]
    [InlineData("example.com:port")]
    public void A_malformed_host_is_foreign_on_either_side_and_throws_nothing(string host)
    {
        Assert.Equal(403, Check([], "https://example.com", host)?.StatusCode);
        Assert.Equal(403, Check([], "https://" + host)?.StatusCode);
    }

    [Fact]
    public void A_host_that_is_too_long_is_foreign_and_throws_nothing()
    {
        var host = new string('\u00fc', 10_000) + ".example";

        Assert.Equal(403, Check([], "https://" + host, host)?.StatusCode);
    }

    [Theory]
    [InlineData("https://m\u00fcnchen.example", "https://xn--mnchen-3ya.example")]
    [InlineData("https://M\u00dcNCHEN.example", "https://xn--mnchen-3ya.example")]
    [InlineData("https://xn--mnchen-3ya.example", "https://xn--mnchen-3ya.example")]
    [InlineData("https://xn--mnchen-3ya.example", "https://m\u00fcnchen.example")]
    public void An_origin_is_allowed_in_both_spellings(string allowed, string origin)
    {
        Assert.Null(Check([allowed], origin));
    }

    [Theory]
    [InlineData("http://example.com", "example.com")]
    [InlineData("http://example.com", "example.com:80")]
    [InlineData("http://example.com:8443", "example.com:8443")]
    [InlineData("ws://example.com", "example.com")]
    public void A_page_without_TLS_may_not_connect_to_a_request_with_TLS(string origin, string host)
    {
        var refusal = Check([], origin, host, "https");

        Assert.Equal(403, refusal?.StatusCode);
        Assert.Contains("Serve the page over https", refusal?.Detail);
        Assert.Contains("AllowedOrigins", refusal?.Detail);
    }

    [Fact]
    public void A_page_without_TLS_may_connect_where_it_is_allowed()
    {
        Assert.Null(Check(["http://example.com"], "http://example.com", scheme: "https"));
        Assert.Null(Check(["*"], "http://example.com", scheme: "https"));
    }

    [Theory]
    [InlineData("https", "https")]
    [InlineData("https", "http")]
    [InlineData("http", "http")]
    public void A_page_with_TLS_or_a_request_without_it_is_of_the_same_origin(string page, string request)
    {
        Assert.Null(Check([], page + "://example.com", scheme: request));
    }

    [Fact]
    public void Two_origins_are_none()
    {
        Assert.Equal(403, Check([], new StringValues(["https://example.com", "https://example.com"]))?.StatusCode);
    }

    [Fact]
    public void A_client_that_is_no_browser_names_no_origin_and_may_connect()
    {
        Assert.Null(Check([], StringValues.Empty));
    }

    [Fact]
    public void A_page_of_the_same_host_may_connect_whatever_is_allowed_beside_it()
    {
        Assert.Null(Check(["https://app.example"], "https://example.com"));
    }

    [Theory]
    [InlineData("https://app.example", "https://app.example")]
    [InlineData("https://app.example", "https://APP.example:443")]
    [InlineData("https://app.example:443", "https://app.example")]
    [InlineData("http://localhost:5173", "http://localhost:5173")]
    [InlineData("capacitor://localhost", "capacitor://localhost")]
    [InlineData("null", "null")]
    [InlineData("*", "https://anything.example")]
    [InlineData("*", "null")]
    public void An_allowed_origin_may_connect(string allowed, string origin)
    {
        Assert.Null(Check([allowed], origin));
    }

    [Theory]
    [InlineData("https://app.example", "http://app.example")]
    [InlineData("https://app.example", "https://app.example:8443")]
    [InlineData("https://app.example", "https://app.example.evil.example")]
    public void An_origin_is_allowed_with_its_scheme_and_port(string allowed, string origin)
    {
        Assert.Equal(403, Check([allowed], origin)?.StatusCode);
    }

    [Theory]
    [InlineData("app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://*.app.example")]
    [InlineData("")]
    public void An_allowed_origin_that_is_none_is_a_mistake(string allowed)
    {
        Assert.Throws<FormatException>(() => new OriginPolicy([allowed]));
    }

    [Fact]
    public void The_refusal_names_both_sides_and_the_option()
    {
        var detail = Check([], "https://evil.example")?.Detail;

        Assert.Contains("'https://evil.example'", detail);
        Assert.Contains("'example.com'", detail);
        Assert.Contains("AllowedOrigins", detail);
    }

    [Fact]
    public void The_refusal_repeats_64_characters_of_the_origin_at_most()
    {
        var detail = Check([], "https://" + new string('x', 1000))?.Detail;

        Assert.Contains(new string('x', 56), detail);
        Assert.DoesNotContain(new string('x', 57), detail);
    }

    private static UpgradeRefusal? Check(string[] allowed, StringValues origin, string host = "example.com", string scheme = "http")
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = scheme;
        request.Headers.Host = host;
        request.Headers.Origin = origin;
        return new OriginPolicy(allowed).Check(request);
    }
}
