using System.Text;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public class ClosePayloadTests
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
        var read = ClosePayload.Parse([(byte)(status >> 8), (byte)status, .. "why"u8]);

        Assert.Equal((TransportReadKind.Close, status, "why"), (read.Kind, read.Status, read.Reason));
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
        var read = ClosePayload.Parse([(byte)(status >> 8), (byte)status]);

        Assert.Equal((TransportReadKind.Violation, CloseCause.ProtocolError, 1002), (read.Kind, read.Cause, read.Status));
    }

    [Fact]
    public void No_payload_means_no_status()
    {
        var read = ClosePayload.Parse([]);

        Assert.Equal((TransportReadKind.Close, 1005, null), (read.Kind, read.Status, read.Reason));
    }

    [Fact]
    public void Half_a_status_is_a_protocol_error()
    {
        var read = ClosePayload.Parse([0x03]);

        Assert.Equal((TransportReadKind.Violation, 1002), (read.Kind, read.Status));
    }

    [Fact]
    public void A_reason_that_is_not_UTF_8_is_answered_with_1007()
    {
        var read = ClosePayload.Parse([0x03, 0xE8, 0xC3, 0x28]);

        Assert.Equal((TransportReadKind.Violation, CloseCause.ProtocolError, 1007), (read.Kind, read.Cause, read.Status));
    }

    [Fact]
    public void A_long_reason_is_cut_at_a_character()
    {
        var payload = new byte[ClosePayload.LargestSize];

        var length = ClosePayload.Write(payload, 1000, "a" + new string('\u20AC', 50));

        Assert.Equal("a" + new string('\u20AC', 40), Encoding.UTF8.GetString(payload.AsSpan(2..length)));
    }

    [Fact]
    public void No_status_is_written_as_an_empty_payload() => Assert.Equal(0, ClosePayload.Write(new byte[125], 1005, "ignored"));
}
