using System.IO.Compression;
using System.Text;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 7692, sections 6 and 7.2: messages of a client that compresses, good and bad.</summary>
public class Rfc7692Tests(ConformanceServer server)
{
    private const byte Final = 0x80;
    private const byte Compressed = 0x40;
    private const int Limit = ConformanceController.MaxMessageSize;

    private static readonly byte[] Hello = [.. "Hello, hello, hello"u8];

    private static readonly ConformanceTable Table = new ConformanceTable()
        .Answers("the example of section 7.2.3.1", Text([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]), ServerBytes.Text("Hello"))
        .Answers("the example of section 7.2.3.1, in two fragments", [.. Frame(Compressed | 1, [0xF2, 0x48, 0xCD]), .. Frame(Final, [0xC9, 0xC9, 0x07, 0x00])], ServerBytes.Text("Hello"))
        .Answers("the example of section 7.2.3.2", [.. Text([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]), .. Text([0xF2, 0x00, 0x11, 0x00, 0x00])], ServerBytes.Text("Hello"), ServerBytes.Text("Hello"))
        .Answers("the example of section 7.2.3.3", Text([0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]), ServerBytes.Text("Hello"))
        .Answers("the example of section 7.2.3.5", Text([0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00]), ServerBytes.Text("Hello"))
        .Fails("the example of section 7.2.3.4, which ends the stream", 1007, Text([0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]))
        .Answers("an empty message", Text([0x00]), ServerBytes.Text(""))
        .Answers("blocks with nothing in them", Text([.. Enumerable.Repeat<byte[]>([0, 0, 0, 0xFF, 0xFF], 20_000).SelectMany(static block => block), .. Deflated.Of(Hello)]), ServerBytes.Text(Hello))
        .Answers(
            "a plain message between compressed ones, with pings",
            [.. Text(Deflated.Of(Hello)), .. ClientFrame.Text("plain"), .. ClientFrame.Ping(1), .. Text(Deflated.Of(Hello))],
            ServerBytes.Text(Hello), ServerBytes.Text("plain"), ServerBytes.Pong(1), ServerBytes.Text(Hello))
        .Answers("a ping inside a compressed message", [.. Frame(Compressed | 1, Deflated.Of(Hello)[..5]), .. ClientFrame.Ping(1), .. Frame(Final, Deflated.Of(Hello)[5..])], ServerBytes.Pong(1), ServerBytes.Text(Hello))
        .Answers("messages that refer to those before them", InOneContext(Hello, Hello, Noise(3000), Noise(3000)), ServerBytes.Text(Hello), ServerBytes.Text(Hello), ServerBytes.Binary(Noise(3000)), ServerBytes.Binary(Noise(3000)))
        .Add(new("a compressed message byte by byte", Text(Deflated.Of(Hello))) { IsByteByByte = true, Receives = ServerBytes.Text(Hello) })
        .Add(new("a compressed message in the same segment as the request", Text(Deflated.Of(Hello))) { IsEarly = true, Receives = ServerBytes.Text(Hello) })
        .AddEach([Compressed, Final | Compressed], static (table, first) => table
            .Fails($"the bit on a continuation, {first:X}", 1002, [.. Frame(Compressed | 1, Deflated.Of(Hello)), .. Frame(first, [])])
            .Fails($"the bit on a continuation of a plain message, {first:X}", 1002, [.. ClientFrame.Text("a", isFinal: false), .. Frame(first, [])])
            .Fails($"the bit on a continuation of nothing, {first:X}", 1002, Frame(first, [])))
        .AddEach([8, 9, 10], static (table, opcode) => table.Fails($"the bit on a control frame, {opcode:X}", 1002, Frame(Final | Compressed | opcode, [])))
        .AddEach([0x10, 0x20, 0x30], static (table, bits) => table.Fails($"other bits beside it, {bits:X}", 1002, Frame(Final | Compressed | bits | 1, [])))
        .AddEach([3, 7, 11, 15], static (table, opcode) => table.Fails($"the bit on an unknown opcode, {opcode:X}", 1002, Frame(Final | Compressed | opcode, [])))
        .Fails("an unmasked compressed frame", 1002, [Final | Compressed | 1, 1, 0])
        .Fails("a compressed message inside another", 1002, [.. Frame(Compressed | 1, Deflated.Of(Hello)), .. Text(Deflated.Of(Hello))])
        .Fails("no deflate data", 1007, Binary([0xFF, 0xFF, 0xFF, 0xFF]))
        .Fails("not one byte of deflate data", 1007, [.. Text(Deflated.Of(Hello)), .. Text([])], ServerBytes.Text(Hello))
        .Fails("no deflate data behind a message", 1007, [.. ClientFrame.Text("a"), .. Binary([0xFF, 0xFF, 0xFF, 0xFF])], ServerBytes.Text("a"))
        .Fails("a distance that reaches behind the beginning", 1007, Text([0xF2, 0x00, 0x11, 0x00, 0x00]))
        .Fails("text that is no UTF-8", 1007, Text(Deflated.Of([0x61, 0xFF])))
        .Fails("text that ends inside a character", 1007, Text(Deflated.Of([0xE2, 0x82])))
        .Fails("text that is no UTF-8 behind a message", 1007, [.. ClientFrame.Text("a"), .. Text(Deflated.Of([0xFF]))], ServerBytes.Text("a"))
        .Answers("as much as is allowed", Binary(Deflated.Of(new byte[Limit])), ServerBytes.Binary(new byte[Limit]))
        .Answers("as much as is allowed, of what cannot be compressed", Binary(Deflated.Of(Noise(Limit))), ServerBytes.Binary(Noise(Limit)))
        .Fails("one byte more than is allowed", 1009, Binary(Deflated.Of(new byte[Limit + 1])))
        .Fails("a thousand times what is allowed", 1009, Binary(Deflated.Of(new byte[1000 * Limit])))
        .Fails("more than any message needs is declared", 1009, ClientFrame.Header(Final | Compressed | 2, 2 * Limit))
        .Fails("2^62 bytes are declared", 1009, ClientFrame.Header(Final | Compressed | 2, 1L << 62))
        .Fails("fragments without end", 1009, [.. Frame(Compressed | 2, []), .. ConformanceTable.Join(Enumerable.Repeat(Frame(0, []), 15_000))])
        .Vanishes("half a compressed message", Frame(Compressed | 1, Deflated.Of(Hello)))
        .Add(new("what cannot be inflated, while the client goes on sending", Binary([0xFF, 0xFF, 0xFF, 0xFF])) { GoesOnSending = true, End = CaseEnd.ServerFails, Status = 1007 });

    public static TheoryData<string> Rows => [.. Table.Names];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Compressed_messages_are_read_strictly(string row) => ConformanceRunner.RunAsync(server, Wire.CompressedAnswers, Table[row]);

    [Fact]
    public void The_client_that_compresses_does()
    {
        var sent = CompressedFrames.Of([.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Ping(1), .. ClientFrame.Continuation([]), .. ClientFrame.Text("never ends", isFinal: false)]);

        Assert.Equal(Compressed | 1, sent[0]);
        Assert.EndsWith(Encoding.Latin1.GetString(ClientFrame.Text("never ends", isFinal: false)), Encoding.Latin1.GetString(sent), StringComparison.Ordinal);
    }

    private static byte[] Text(byte[] payload) => Frame(Final | Compressed | 1, payload);

    private static byte[] Binary(byte[] payload) => Frame(Final | Compressed | 2, payload);

    private static byte[] Frame(int first, byte[] payload) => [(byte)first, .. ClientFrame.Binary(payload)[1..]];

    private static byte[] InOneContext(params byte[][] messages)
    {
        var compressed = new MemoryStream();
        using var deflating = new DeflateStream(compressed, CompressionLevel.Optimal);
        var frames = new List<byte>();
        foreach (var message in messages)
        {
            compressed.SetLength(0);
            deflating.Write(message);
            deflating.Flush();
            frames.AddRange(message == Hello ? Text(compressed.ToArray()[..^4]) : Binary(compressed.ToArray()[..^4]));
        }

        return [.. frames];
    }

    private static byte[] Noise(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
