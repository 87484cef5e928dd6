using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 5.1: the client masks its frames, the server does not.</summary>
public class Section5_1Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .Answers("a masked text", ClientFrame.Text("hello"), ServerBytes.Text("hello"))
        .AddEach(Opcodes, static (table, opcode) => table
            .Fails($"an unmasked frame without payload, opcode {opcode:X}", 1002, [(byte)(0x80 | opcode), 0])
            .Fails($"an unmasked frame of three bytes, opcode {opcode:X}", 1002, [(byte)(0x80 | opcode), 1, 0x61])
            .Fails($"an unmasked frame after a masked one, opcode {opcode:X}", 1002, [.. ClientFrame.Text("a"), (byte)(0x80 | opcode), 1, 0x61], ServerBytes.Text("a")))
        .Fails("the first two bytes of an unmasked frame with a length of two bytes", 1002, [0x82, 126])
        .Fails("the first two bytes of an unmasked frame with a length of eight bytes", 1002, [0x82, 127])
        .Fails("an unmasked fragment of a masked message", 1002, [.. ClientFrame.Text("a", isFinal: false), 0x80, 1, 0x61]);

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_client_masks_and_the_server_does_not(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);

    private static byte[] Opcodes => [1, 2, 8, 9, 10];
}
