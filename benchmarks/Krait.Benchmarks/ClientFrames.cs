using System.Buffers.Binary;

namespace Krait.Benchmarks;

/// <summary>Frames as a client sends them.</summary>
internal static class ClientFrames
{
    private const int MaskSize = 4;

    private static ReadOnlySpan<byte> Key => [0x37, 0xFA, 0x21, 0x3D];

    /// <summary>The same message many times, each in a binary frame.</summary>
    public static byte[] Binary(int size, int count) => [.. Enumerable.Repeat(Of(0x82, new byte[size]), count).SelectMany(static frame => frame)];

    /// <summary>The headers alone, of many lengths and opcodes.</summary>
    public static byte[][] Headers(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => Header((byte)(0x80 | (i % 3 == 0 ? 1 : 2)), (i % 4) switch { 0 => 20, 1 => 125, 2 => 1000, _ => 100_000 }))];

    private static byte[] Of(byte first, byte[] payload)
    {
        var frame = (byte[])[.. Header(first, payload.Length), .. payload];
        var masked = frame.AsSpan(frame.Length - payload.Length);
        for (var i = 0; i < masked.Length; i++)
            masked[i] ^= Key[i % MaskSize];

        return frame;
    }

    private static byte[] Header(byte first, int length)
    {
        var header = new byte[(length switch { <= 125 => 2, <= ushort.MaxValue => 4, _ => 10 }) + MaskSize];
        header[0] = first;
        header[1] = (byte)(0x80 | (length switch { <= 125 => length, <= ushort.MaxValue => 126, _ => 127 }));
        if (length > ushort.MaxValue)
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
        else if (length > 125)
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);

        Key.CopyTo(header.AsSpan(header.Length - MaskSize));
        return header;
    }
}
