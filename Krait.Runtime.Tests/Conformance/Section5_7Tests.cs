using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 5.7: the examples, as clients and servers send them.</summary>
public class Section5_7Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .Answers(
            "a masked text in a single frame",
            [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58],
            [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        .Fails("an unmasked text in a single frame", 1002, [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        .Fails("a fragmented unmasked text", 1002, [0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F])
        .Answers("a fragmented text, masked", [.. ClientFrame.Text("Hel", isFinal: false), .. ClientFrame.Continuation([.. "lo"u8])], [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        .Fails("an unmasked ping", 1002, [0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        .Answers("a masked ping", [0x89, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58], [0x8A, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        .Answers("a masked pong", [0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
        .Answers("256 bytes of binary", [0x82, 0xFE, 0x01, 0x00, 0, 0, 0, 0, .. new byte[256]], [0x82, 0x7E, 0x01, 0x00, .. new byte[256]])
        .Answers(
            "64 KiB of binary",
            [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. new byte[65536]],
            [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0, .. new byte[65536]]);

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_examples_mean_what_they_say(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);
}
