using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 5.5: control frames.</summary>
public class Section5_5Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .AddEach([0, 1, 124, 125], static (table, length) => table
            .Answers($"a ping of {length} bytes", ClientFrame.Ping(new byte[length]), ServerBytes.Pong(new byte[length]))
            .Answers($"a pong that nobody asked for, of {length} bytes", ClientFrame.Pong(new byte[length])))
        .AddEach([FrameOpcode.Close, FrameOpcode.Ping, FrameOpcode.Pong], static (table, opcode) => table
            .Fails($"{opcode} of 126 bytes", 1002, ClientFrame.Of(opcode, new byte[126]))
            .Fails($"{opcode} with a length of eight bytes", 1002, ClientFrame.Header((byte)(0x80 | (int)opcode), 65536))
            .Fails($"{opcode} with a longer length, of which two bytes have come", 1002, [(byte)(0x80 | (int)opcode), 0x80 | 126])
            .Fails($"{opcode} with a length of 125 in two bytes", 1002, ClientFrame.Header((byte)(0x80 | (int)opcode), 125, lengthBytes: 2))
            .Fails($"{opcode} without FIN", 1002, ClientFrame.Of(opcode, [], isFinal: false))
            .Fails($"{opcode} without FIN inside a message", 1002, [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Of(opcode, [], isFinal: false)]))
        .Answers("pings are answered in order", [.. ClientFrame.Ping(1), .. ClientFrame.Ping(2), .. ClientFrame.Ping(3)], ServerBytes.Pong(1), ServerBytes.Pong(2), ServerBytes.Pong(3))
        .Answers("a ping between messages", [.. ClientFrame.Text("a"), .. ClientFrame.Ping(1), .. ClientFrame.Text("b")], ServerBytes.Text("a"), ServerBytes.Pong(1), ServerBytes.Text("b"))
        .Answers("a ping whose payload is no UTF-8", ClientFrame.Ping(0xFF, 0xC0), ServerBytes.Pong(0xFF, 0xC0))
        .Answers("many pings in one segment", ConformanceTable.Join(Enumerable.Repeat(ClientFrame.Ping(7), 500)), ConformanceTable.Join(Enumerable.Repeat(ServerBytes.Pong(7), 500)))
        .Add(new("a ping byte by byte", ClientFrame.Ping(1, 2, 3, 4, 5)) { IsByteByByte = true, Receives = ServerBytes.Pong(1, 2, 3, 4, 5) })
        .Closes("a ping before a close", 1000, [.. ClientFrame.Ping(1), .. ClientFrame.Close(1000)], ServerBytes.Pong(1))
        .Closes("a ping behind a close", 1000, [.. ClientFrame.Close(1000), .. ClientFrame.Ping(1)]);

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Control_frames_are_short_whole_and_answered(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);
}
