using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 5.3: client-to-server masking.</summary>
public class Section5_3Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .AddEach(Keys, static (table, key) => table
            .AddEach([0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 127, 1000], (inner, length) => inner
                .Answers($"{length} bytes masked with {key:X8}", Masked(2, Payload(length), key), ServerBytes.Binary(Payload(length))))
            .Answers($"a ping masked with {key:X8}", Masked(9, Payload(125), key), ServerBytes.Pong(Payload(125)))
            .Closes($"a close masked with {key:X8}", 4000, Masked(8, [0x0F, 0xA0, 0x61], key)))
        .Answers(
            "another key for each fragment",
            [.. Masked(1, "one "u8, 0x01020304, isFinal: false), .. Masked(0, "two "u8, 0, isFinal: false), .. Masked(0, "three"u8, 0xFFEEDDCC)],
            ServerBytes.Text("one two three"))
        .Add(new("a masked payload byte by byte", Masked(2, Payload(70), 0xA1B2C3D4)) { IsByteByByte = true, Receives = ServerBytes.Binary(Payload(70)) })
        .Answers("a payload that looks like a frame once it is masked", Masked(2, [0x88 ^ 0x10, 0x80 ^ 0x20, 0x30, 0x40], 0x10203040), ServerBytes.Binary(0x98, 0xA0, 0x30, 0x40));

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Payloads_are_unmasked(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);

    private static uint[] Keys => [0, 0xFFFFFFFF, 0x00000001, 0x37FA213D];

    private static byte[] Payload(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)(i * 11))];

    private static byte[] Masked(byte opcode, ReadOnlySpan<byte> payload, uint key, bool isFinal = true)
    {
        byte[] keyBytes = [(byte)(key >> 24), (byte)(key >> 16), (byte)(key >> 8), (byte)key];
        return ClientFrame.Of((FrameOpcode)opcode, payload.ToArray(), isFinal, keyBytes);
    }
}
