using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Krait.Runtime.Tests.Upgrading;

public sealed class OriginPolicyTests
{
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

    private static UpgradeRefusal? Check(string[] allowed, StringValues origin, string host = "example.com")
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new(host);
        request.Headers.Origin = origin;
        return new OriginPolicy(allowed).Check(request);
    }
}
