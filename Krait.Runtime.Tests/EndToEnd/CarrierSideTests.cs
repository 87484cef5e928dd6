using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>The carriers stand on the side of the seam that they are there for.</summary>
public class CarrierSideTests
{
    // System.Net.WebSockets is given large messages in pieces; Krait's own framing writes one frame for each.
    [Theory]
    [InlineData(Carrier.Http1, true)]
    [InlineData(Carrier.Http1WithoutStream, false)]
    public async Task A_large_message_leaves_in_one_frame_where_the_framing_is_our_own(Carrier carrier, bool isOneFrame)
    {
        await using var app = await Served.StartAsync<RawEchoController>(carrier);
        await using var client = await app.ConnectRawAsync("/echo/raw");
        await client.SendAsync(ClientFrame.Binary(new byte[100_000]));

        Assert.Equal(isOneFrame, (await client.ReadAsync())?.IsFinal);
    }
}
