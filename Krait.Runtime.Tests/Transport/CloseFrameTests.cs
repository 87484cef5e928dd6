using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public class CloseFrameTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1002)]
    [InlineData(1003)]
    [InlineData(1007)]
    [InlineData(1008)]
    [InlineData(1009)]
    [InlineData(1010)]
    [InlineData(1011)]
    [InlineData(1012)]
    [InlineData(1013)]
    [InlineData(1014)]
    [InlineData(3000)]
    [InlineData(3999)]
    [InlineData(4000)]
    [InlineData(4999)]
    public void A_status_that_may_be_sent_is_read(int status)
    {
        var read = CloseFrame.Parse([(byte)(status >> 8), (byte)status, .. "why"u8]);

        Assert.Equal((TransportReadKind.Close, status, "why"), (read.Kind, (int)read.Status, read.Reason));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(1016)]
    [InlineData(1100)]
    [InlineData(2000)]
    [InlineData(2999)]
    [InlineData(5000)]
    [InlineData(65535)]
    public void A_status_that_may_not_be_sent_is_a_protocol_error(int status)
    {
        var read = CloseFrame.Parse([(byte)(status >> 8), (byte)status]);

        Assert.Equal((TransportReadKind.Violation, CloseCause.ProtocolError, 1002), (read.Kind, read.Cause, (int)read.Status));
    }

    [Fact]
    public void No_payload_means_no_status()
    {
        var read = CloseFrame.Parse([]);

        Assert.Equal((TransportReadKind.Close, 1005, null), (read.Kind, (int)read.Status, read.Reason));
    }

    [Fact]
    public void Half_a_status_is_a_protocol_error()
    {
        var read = CloseFrame.Parse([0x03]);

        Assert.Equal((TransportReadKind.Violation, 1002), (read.Kind, (int)read.Status));
    }

    [Fact]
    public void A_reason_that_is_not_UTF_8_is_answered_with_1007()
    {
        var read = CloseFrame.Parse([0x03, 0xE8, 0xC3, 0x28]);

        Assert.Equal((TransportReadKind.Violation, CloseCause.ProtocolError, 1007), (read.Kind, read.Cause, (int)read.Status));
    }

    [Fact]
    public void Status_and_reason_are_written()
    {
        var payload = new byte[CloseFrame.LargestPayload];

        var length = CloseFrame.Write(payload, WebSocketCloseStatus.NormalClosure, "why");

        Assert.Equal([0x03, 0xE8, .. "why"u8], payload[..length]);
    }

    [Fact]
    public void No_status_is_written_as_an_empty_payload() =>
        Assert.Equal(0, CloseFrame.Write(new byte[125], CloseFrame.NoStatus, "ignored"));

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1003)]
    [InlineData(1011)]
    [InlineData(3000)]
    [InlineData(4999)]
    public void A_status_of_the_protocol_or_of_the_application_may_be_sent(int status) => CloseFrame.Demand(status);

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(2999)]
    [InlineData(5000)]
    public void A_reserved_status_may_not_be_sent(int status) => Assert.Throws<ArgumentException>(() => CloseFrame.Demand(status));

    [Fact]
    public void A_reason_that_fits_stays_as_it_is() => Assert.Equal(new string('a', 123), CloseFrame.Cut(new string('a', 123)));

    [Fact]
    public void No_reason_stays_none() => Assert.Null(CloseFrame.Cut(null));

    [Theory]
    [InlineData("\u00E9", 61)]
    [InlineData("\u20AC", 40)]
    [InlineData("\U0001F600", 30)]
    public void A_reason_that_is_too_long_is_cut_at_a_character(string character, int fitting)
    {
        var cut = CloseFrame.Cut("x" + string.Concat(Enumerable.Repeat(character, 100)));

        Assert.Equal("x" + string.Concat(Enumerable.Repeat(character, fitting)), cut);
    }
}
