using System.Numerics;
using System.Runtime.InteropServices;

namespace Krait.Transport;

/// <summary>Masks and unmasks payloads (RFC 6455, section 5.3), a vector at a time.</summary>
internal static class FrameMask
{
    /// <summary>Applies the key to a part of a payload, in place; twice gives the original.</summary>
    /// <param name="payload">The part.</param>
    /// <param name="mask">The key, its bytes in memory as on the wire.</param>
    /// <param name="offset">Where the part begins in the payload of its frame.</param>
    public static void Apply(Span<byte> payload, uint mask, long offset = 0)
    {
        mask = Rotate(mask, (int)(offset & 3));
        var rest = payload;
        if (rest.Length >= Vector<byte>.Count)
        {
            var key = Vector.AsVectorByte(new Vector<uint>(mask));
            var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(rest);
            for (var i = 0; i < vectors.Length; i++)
                vectors[i] ^= key;

            rest = rest[(vectors.Length * Vector<byte>.Count)..];
        }

        var words = MemoryMarshal.Cast<byte, uint>(rest);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= mask;

        rest = rest[(words.Length * sizeof(uint))..];
        var keyBytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in mask));
        for (var i = 0; i < rest.Length; i++)
            rest[i] ^= keyBytes[i];
    }

    // The byte at memory position `bytes` moves to position 0.
    private static uint Rotate(uint mask, int bytes) =>
        BitConverter.IsLittleEndian ? BitOperations.RotateRight(mask, bytes * 8) : BitOperations.RotateLeft(mask, bytes * 8);
}
