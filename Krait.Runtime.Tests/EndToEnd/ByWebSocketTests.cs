using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Krait.Runtime.Tests.Upgrading;

namespace Krait.Runtime.Tests.EndToEnd;

// The tests once more, on the other side of the seam: on Kestrel without upgraded streams, where System.Net.WebSockets does the framing.
// Not here: what is ours alone (OwnFramingTests, AllocationTests), and HandshakeValidationTests, since whoever frames by himself judges the handshake.

[Trait(Side.Of, Side.WithoutStream)]
public class ClosingTestsByWebSocket : ClosingTests;

[Trait(Side.Of, Side.WithoutStream)]
public class EndpointMetadataTestsByWebSocket : EndpointMetadataTests;

[Trait(Side.Of, Side.WithoutStream)]
public class EveryEndTestsByWebSocket : EveryEndTests
{
    // Not those of OwnFramingTests.
    public static new TheoryData<EndKind, CloseCause> Ends => [.. EveryEndTests.Ends.Where(static row => row.Data.Item1 is not (EndKind.Violation or EndKind.KeepAliveTimeout))];
}

[Trait(Side.Of, Side.WithoutStream)]
public class FailureTestsByWebSocket : FailureTests;

[Trait(Side.Of, Side.WithoutStream)]
public class KraitForPythonTestsByWebSocket : KraitForPythonTests;

[Trait(Side.Of, Side.WithoutStream)]
public class LifetimeTestsByWebSocket : LifetimeTests;

[Trait(Side.Of, Side.WithoutStream)]
public class LossTestsByWebSocket : LossTests;

[Trait(Side.Of, Side.WithoutStream)]
public class MessageTestsByWebSocket : MessageTests;

[Trait(Side.Of, Side.WithoutStream)]
public class RandomBytesTestsByWebSocket : RandomBytesTests;

[Trait(Side.Of, Side.WithoutStream)]
public class SlowReaderTestsByWebSocket : SlowReaderTests;

[Trait(Side.Of, Side.WithoutStream)]
public class UnionTestsByWebSocket : UnionTests;

[Trait(Side.Of, Side.WithoutStream)]
public class MappingTestsByWebSocket : MappingTests;

[Trait(Side.Of, Side.WithoutStream)]
public class ShutdownTestsByWebSocket : ShutdownTests;

[Trait(Side.Of, Side.WithoutStream)]
public class BindingTestsByWebSocket : BindingTests;

[Trait(Side.Of, Side.WithoutStream)]
public class ConstructionTestsByWebSocket : ConstructionTests;

[Trait(Side.Of, Side.WithoutStream)]
public class DecisionTestsByWebSocket : DecisionTests;

[Trait(Side.Of, Side.WithoutStream)]
public class DisconnectTestsByWebSocket : DisconnectTests;

[Trait(Side.Of, Side.WithoutStream)]
public class OriginTestsByWebSocket : OriginTests;

[Trait(Side.Of, Side.WithoutStream)]
public class ProtocolTestsByWebSocket : ProtocolTests;

[Trait(Side.Of, Side.WithoutStream)]
public class SideTests
{
    [Fact]
    public async Task A_class_that_asks_for_the_other_side_runs_on_it()
    {
        await using var app = await Served.StartAsync<RawEchoController>();
        await using var client = await app.ConnectRawAsync("/echo/raw");
        await client.SendAsync(ClientFrame.Binary(new byte[100_000]));

        Assert.False((await client.ReadAsync())?.IsFinal); // see CarrierSideTests
    }
}
