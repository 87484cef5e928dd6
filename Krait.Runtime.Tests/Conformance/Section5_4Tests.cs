using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 5.4: fragmentation.</summary>
public class Section5_4Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .Answers("two fragments", [.. ClientFrame.Text("one ", isFinal: false), .. ClientFrame.Continuation([.. "two"u8])], ServerBytes.Text("one two"))
        .Answers("fragments of binary", [.. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Continuation([2])], ServerBytes.Binary(1, 2))
        .Answers("an empty first fragment", [.. ClientFrame.Text("", isFinal: false), .. ClientFrame.Continuation([0x61])], ServerBytes.Text("a"))
        .Answers("an empty last fragment", [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Continuation([])], ServerBytes.Text("a"))
        .Answers("empty fragments only", [.. ClientFrame.Text("", isFinal: false), .. ClientFrame.Continuation([], isFinal: false), .. ClientFrame.Continuation([])], ServerBytes.Text(""))
        .Answers(
            "250 fragments of one byte",
            [.. ClientFrame.Text("", isFinal: false), .. Repeat(ClientFrame.Continuation([0x61], isFinal: false), 250), .. ClientFrame.Continuation([])],
            ServerBytes.Text(new string('a', 250)))
        .Answers(
            "control frames between fragments",
            [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Ping(1), .. ClientFrame.Pong(2), .. ClientFrame.Continuation([0x62], isFinal: false), .. ClientFrame.Ping(3), .. ClientFrame.Continuation([0x63])],
            ServerBytes.Pong(1), ServerBytes.Pong(3), ServerBytes.Text("abc"))
        .Closes("a close between fragments", 1001, [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Close(1001)])
        .Answers(
            "one fragmented message after the other",
            [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Continuation([0x62]), .. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Continuation([2])],
            ServerBytes.Text("ab"), ServerBytes.Binary(1, 2))
        .Add(new("fragments byte by byte", [.. ClientFrame.Text("a\u20AC", isFinal: false), .. ClientFrame.Ping(1), .. ClientFrame.Continuation([.. "\U0001F40D"u8])])
        {
            IsByteByByte = true,
            Receives = [.. ServerBytes.Pong(1), .. ServerBytes.Text("a\u20AC\U0001F40D")],
        })
        .AddEach([false, true], static (table, isFinal) => table
            .Fails($"a continuation of nothing, FIN {isFinal}", 1002, ClientFrame.Continuation([1], isFinal))
            .Fails($"a continuation after the end, FIN {isFinal}", 1002, [.. ClientFrame.Text("a"), .. ClientFrame.Continuation([1], isFinal)], ServerBytes.Text("a"))
            .Fails(
                $"a continuation after the end of fragments, FIN {isFinal}", 1002,
                [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Continuation([0x62]), .. ClientFrame.Continuation([1], isFinal)], ServerBytes.Text("ab"))
            .Fails($"a text inside a message, FIN {isFinal}", 1002, [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Text("b", isFinal)])
            .Fails($"binary inside a message, FIN {isFinal}", 1002, [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Binary([1], isFinal)])
            .Fails($"a text inside binary, FIN {isFinal}", 1002, [.. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Text("b", isFinal)])
            .Fails($"a message inside another whose payload is still to come, FIN {isFinal}", 1002, [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Text("b", isFinal)[..6]]));

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Fragments_are_put_together(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);

    private static byte[] Repeat(byte[] frame, int count) => ConformanceTable.Join(Enumerable.Repeat(frame, count));
}
