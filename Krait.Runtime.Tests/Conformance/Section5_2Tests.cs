using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 5.2: the base framing.</summary>
public class Section5_2Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .AddEach([0, 1, 124, 125, 126, 127, 128, 65534, 65535, 65536, 65537], static (table, length) => table
            .Answers($"binary of {length} bytes", ClientFrame.Binary(Payload(length)), ServerBytes.Binary(Payload(length)))
            .Answers($"text of {length} bytes", ClientFrame.Text(new string('x', length)), ServerBytes.Text(new string('x', length))))
        .AddEach([0, 1, 125], static (table, length) => table
            .Fails($"a length of {length} in two bytes", 1002, ClientFrame.Header(0x82, length, lengthBytes: 2))
            .Fails($"a length of {length} in two bytes, whose mask is still to come", 1002, ClientFrame.Header(0x82, length, lengthBytes: 2)[..4])
            .Fails($"a length of {length} in two bytes, of a continuation", 1002, [.. ClientFrame.Binary([], isFinal: false), .. ClientFrame.Header(0x80, length, lengthBytes: 2)]))
        .AddEach([0, 125, 126, 65535], static (table, length) => table
            .Fails($"a length of {length} in eight bytes", 1002, ClientFrame.Header(0x82, length, lengthBytes: 8))
            .Fails($"a length of {length} in eight bytes, whose mask is still to come", 1002, ClientFrame.Header(0x82, length, lengthBytes: 8)[..10]))
        .Fails("a length with its highest bit set", 1002, ClientFrame.Header(0x82, long.MinValue, lengthBytes: 8))
        .Fails("a length of all bits", 1002, ClientFrame.Header(0x82, -1, lengthBytes: 8))
        .AddEach([1, 2, 3, 4, 5, 6, 7], static (table, bits) => table.AddEach([0, 1, 2, 8, 9, 10], (inner, opcode) => inner
            .Add(new($"reserved bits {bits}, opcode {opcode:X}", ClientFrame.Header((byte)(0x80 | (bits << 4) | opcode), 0))
            {
                End = CaseEnd.ServerFails,
                Status = 1002,
                IsOfPlainWires = bits == 4 && opcode is 1 or 2,
            })))
        .Add(new("a reserved bit, and nothing after its byte", [0xC1]) { End = CaseEnd.ServerFails, Status = 1002, IsOfPlainWires = true })
        .Fails("another reserved bit, and nothing after its byte", 1002, [0xA1])
        .Fails("a reserved bit on a continuation", 1002, [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Header(0xC0, 0)])
        .AddEach([3, 4, 5, 6, 7, 11, 12, 13, 14, 15], static (table, opcode) => table
            .Fails($"opcode {opcode:X}", 1002, ClientFrame.Header((byte)(0x80 | opcode), 0))
            .Fails($"opcode {opcode:X}, and nothing after its byte", 1002, [(byte)(0x80 | opcode)])
            .Fails($"opcode {opcode:X} without FIN", 1002, ClientFrame.Header((byte)opcode, 0))
            .Fails($"opcode {opcode:X} inside a message", 1002, [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Header((byte)(0x80 | opcode), 0)])
            .Fails($"opcode {opcode:X} behind a message", 1002, [.. ClientFrame.Text("a"), .. ClientFrame.Header((byte)(0x80 | opcode), 0)], ServerBytes.Text("a")))
        .AddEach([0, 125, 126, 300], static (table, length) => table
            .Add(new($"binary of {length} bytes, byte by byte", ClientFrame.Binary(Payload(length))) { IsByteByByte = true, Receives = ServerBytes.Binary(Payload(length)) }))
        .Add(new("frames in the same segment as the request", [.. ClientFrame.Text("early"), .. ClientFrame.Ping(1), .. ClientFrame.Binary(Payload(300))])
        {
            IsEarly = true,
            Receives = [.. ServerBytes.Text("early"), .. ServerBytes.Pong(1), .. ServerBytes.Binary(Payload(300))],
        })
        .Add(new("half a frame in the same segment as the request, and no more", ClientFrame.Text("early")[..7]) { IsEarly = true, End = CaseEnd.ClientFinishes })
        .Add(new("a bad frame in the same segment as the request", [0x81, 0x01, 0x61]) { IsEarly = true, End = CaseEnd.ServerFails, Status = 1002 })
        .Answers(
            "many frames in one segment",
            ConformanceTable.Join(Enumerable.Range(0, 500).Select(static i => ClientFrame.Binary(Payload(i)))),
            ConformanceTable.Join(Enumerable.Range(0, 500).Select(static i => ServerBytes.Binary(Payload(i)))));

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Headers_are_read_strictly(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);

    private static byte[] Payload(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)(i * 7))];
}
