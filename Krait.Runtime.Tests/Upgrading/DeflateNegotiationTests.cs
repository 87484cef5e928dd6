using Krait.Upgrading;

namespace Krait.Runtime.Tests.Upgrading;

public class DeflateNegotiationTests
{
    [Theory]
    [InlineData("permessage-deflate", "permessage-deflate")]
    [InlineData(" permessage-deflate ", "permessage-deflate")]
    [InlineData("permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover")]
    [InlineData("permessage-deflate;client_no_context_takeover", "permessage-deflate; client_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits=9", "permessage-deflate; server_max_window_bits=9")]
    [InlineData("permessage-deflate; server_max_window_bits=15", "permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=\"10\"", "permessage-deflate; server_max_window_bits=10")]
    [InlineData("permessage-deflate ; server_max_window_bits = 10", "permessage-deflate; server_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits", "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits=12", "permessage-deflate; client_max_window_bits=12")]
    [InlineData(
        "permessage-deflate; client_max_window_bits=10; server_max_window_bits=11; client_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=11; client_max_window_bits=10")]
    public void An_offer_is_answered_with_what_was_agreed(string offer, string answer) => Assert.Equal(answer, Answer(offer));

    // A client that offers this writes with no larger window whatever the answer says, and any window reads that.
    [Fact]
    public void The_smallest_window_of_the_client_is_read_with_the_largest()
    {
        var agreed = DeflateNegotiation.Agree("permessage-deflate; client_max_window_bits=8");

        Assert.Equal((15, "permessage-deflate"), (agreed!.ClientMaxWindowBits, DeflateNegotiation.Answer(agreed)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("permessage-snappy")]
    [InlineData("Permessage-Deflate")]
    [InlineData("x-webkit-deflate-frame")]
    [InlineData("permessage-deflate;")]
    [InlineData("permessage-deflate; =1")]
    [InlineData("permessage-deflate; unknown")]
    [InlineData("permessage-deflate; unknown=1")]
    [InlineData("permessage-deflate; server_no_context_takeover=1")]
    [InlineData("permessage-deflate; server_no_context_takeover=")]
    [InlineData("permessage-deflate; client_no_context_takeover=true")]
    [InlineData("permessage-deflate; server_max_window_bits")]
    [InlineData("permessage-deflate; server_max_window_bits=")]
    [InlineData("permessage-deflate; server_max_window_bits=7")]
    [InlineData("permessage-deflate; server_max_window_bits=16")]
    [InlineData("permessage-deflate; server_max_window_bits=010")]
    [InlineData("permessage-deflate; server_max_window_bits=+10")]
    [InlineData("permessage-deflate; server_max_window_bits=ten")]
    [InlineData("permessage-deflate; server_max_window_bits=\"10")]
    [InlineData("permessage-deflate; server_max_window_bits=99999999999")]
    [InlineData("permessage-deflate; client_max_window_bits=")]
    [InlineData("permessage-deflate; client_max_window_bits=7")]
    [InlineData("permessage-deflate; client_max_window_bits=16")]
    [InlineData("permessage-deflate; client_max_window_bits=09")]
    [InlineData("permessage-deflate; server_no_context_takeover; server_no_context_takeover")]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits=10")]
    [InlineData("\"permessage-deflate\"")]
    [InlineData("permessage-deflate; unknown=\"a, permessage-deflate\"")]
    public void An_offer_that_is_wrong_or_unknown_is_declined(string offer) => Assert.Null(Answer(offer));

    // zlib cannot write with so small a window.
    [Fact]
    public void An_offer_that_allows_the_server_the_smallest_window_only_is_declined() =>
        Assert.Null(Answer("permessage-deflate; server_max_window_bits=8"));

    [Theory]
    [InlineData("permessage-deflate; server_max_window_bits=8, permessage-deflate; server_max_window_bits=9", "permessage-deflate; server_max_window_bits=9")]
    [InlineData("permessage-deflate; unknown, permessage-deflate", "permessage-deflate")]
    [InlineData("bbf-usp-protocol, permessage-deflate; client_max_window_bits", "permessage-deflate")]
    [InlineData("permessage-deflate; unknown=\",\", permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate", "permessage-deflate; server_max_window_bits=10")]
    public void The_first_offer_that_can_be_taken_is(string offers, string answer) => Assert.Equal(answer, Answer(offers));

    [Fact]
    public void Offers_may_stand_in_several_headers() =>
        Assert.Equal("permessage-deflate; server_max_window_bits=9", Answer("permessage-deflate; unknown", "permessage-deflate; server_max_window_bits=9"));

    [Fact]
    public void Many_parameters_are_looked_at_once_each()
    {
        var offer = string.Concat("permessage-deflate", string.Concat(Enumerable.Range(0, 100_000).Select(static i => $";p{i}")));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Null(Answer(offer));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static string? Answer(params string[] headers) => DeflateNegotiation.Agree(headers) is { } agreed ? DeflateNegotiation.Answer(agreed) : null;
}
