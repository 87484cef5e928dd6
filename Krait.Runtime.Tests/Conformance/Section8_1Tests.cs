using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 8.1: texts are UTF-8, and one that is not fails as soon as that shows.</summary>
public class Section8_1Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .AddEach(Valid, static (table, text) => table.AddEach(Enumerable.Range(0, text.Length + 1), (inner, split) => inner
            .Answers(
                $"{Convert.ToHexString(text)} in fragments, split at {split}",
                [.. ClientFrame.Of(FrameOpcode.Text, text[..split], isFinal: false), .. ClientFrame.Continuation(text[split..])],
                ServerBytes.Text(text))))
        .AddEach(Valid, static (table, text) => table.Add(new($"{Convert.ToHexString(text)} byte by byte", ClientFrame.Of(FrameOpcode.Text, text)) { IsByteByByte = true, Receives = ServerBytes.Text(text) }))
        .AddEach(Invalid, static (table, row) => table
            .Fails($"{Name(row)} in one frame", 1007, ClientFrame.Of(FrameOpcode.Text, row.Bytes))
            .Fails($"{Name(row)} behind a valid message", 1007, [.. ClientFrame.Text("a"), .. ClientFrame.Of(FrameOpcode.Text, row.Bytes)], ServerBytes.Text("a"))
            .Fails($"{Name(row)} in fragments of one byte", 1007, Fragments(row.Bytes))
            .Answers($"{Name(row)} as binary", ClientFrame.Binary(row.Bytes), ServerBytes.Binary(row.Bytes)))
        .AddEach(Invalid, static (table, row) => table
            .Fails($"{Name(row)}, of which no more than the bad byte comes", 1007, ClientFrame.Of(FrameOpcode.Text, [.. row.Bytes, .. new byte[100]])[..(6 + row.FirstBad + 1)])
            .Fails($"{Name(row)}, of which no more than the bad byte comes, in a fragment", 1007, ClientFrame.Of(FrameOpcode.Text, [.. row.Bytes, .. new byte[100]], isFinal: false)[..(6 + row.FirstBad + 1)]))
        .AddEach(Incomplete, static (table, bytes) => table
            .Fails($"{Convert.ToHexString(bytes)}, which ends inside a character", 1007, ClientFrame.Of(FrameOpcode.Text, bytes))
            .Fails($"{Convert.ToHexString(bytes)} and an empty last fragment", 1007, [.. ClientFrame.Of(FrameOpcode.Text, bytes, isFinal: false), .. ClientFrame.Continuation([])])
            .Fails($"{Convert.ToHexString(bytes)} and a character of its own in the next fragment", 1007, [.. ClientFrame.Of(FrameOpcode.Text, bytes, isFinal: false), .. ClientFrame.Continuation([0x61])])
            .Vanishes($"{Convert.ToHexString(bytes)} in a fragment, which may go on", ClientFrame.Of(FrameOpcode.Text, bytes, isFinal: false)));

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Text_is_UTF_8(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);

    private static byte[][] Valid =>
    [
        [.. "\u03BA\u1F79\u03C3\u03BC\u03B5"u8], [.. "a\u20ACb"u8], [.. "\U0001F40D"u8], [0x00], [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
        [0xEF, 0xBF, 0xBE], [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
    ];

    private static (byte[] Bytes, int FirstBad)[] Invalid =>
    [
        ([0x80], 0), ([0xBF], 0), ([0xC0, 0xAF], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x80, 0xAF], 1), ([0xE0, 0x9F, 0xBF], 1), ([0xED, 0xA0, 0x80], 1), ([0xED, 0xBF, 0xBF], 1),
        ([0xF0, 0x80, 0x80, 0xAF], 1), ([0xF0, 0x8F, 0xBF, 0xBF], 1), ([0xF4, 0x90, 0x80, 0x80], 1), ([0xF5, 0x80, 0x80, 0x80], 0), ([0xF8, 0x88, 0x80, 0x80, 0x80], 0), ([0xFE], 0), ([0xFF], 0),
        ([0x61, 0xC3, 0x28], 2), ([0xE2, 0x28, 0xA1], 1), ([0xE2, 0x82, 0x28], 2), ([0xF0, 0x28, 0x8C, 0xBC], 1), ([0xF0, 0x90, 0x28, 0xBC], 2), ([0xF0, 0x9F, 0x90, 0x28], 3),
        ([0xCE, 0xBA, 0xE1, 0xBD, 0xB9, 0xCF, 0x83, 0xCE, 0xBC, 0xCE, 0xB5, 0xED, 0xA0, 0x80, 0x65], 12),
    ];

    private static byte[][] Incomplete => [[0xC2], [0xE2], [0xE2, 0x82], [0xF0], [0xF0, 0x9F], [0xF0, 0x9F, 0x90], [0x61, 0xE2, 0x82]];

    private static string Name((byte[] Bytes, int FirstBad) row) => Convert.ToHexString(row.Bytes);

    private static byte[] Fragments(byte[] text) =>
        [.. ClientFrame.Text("", isFinal: false), .. text.SelectMany(static one => ClientFrame.Continuation([one], isFinal: false)), .. ClientFrame.Continuation([])];
}
