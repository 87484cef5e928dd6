using System.Buffers.Binary;
using System.IO.Compression;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>What a client that compresses sends in the place of plain frames (RFC 7692, section 7.2.1).</summary>
/// <remarks>Messages that are whole are compressed, in as many fragments as they have; whatever is wrong, or has no end, is sent as it is.</remarks>
internal static class CompressedFrames
{
    private const byte Compressed = 0x40;

    public static byte[] Of(byte[] bytes)
    {
        var frames = new List<Frame>();
        var rest = bytes;
        while (Read(rest) is { } frame)
        {
            frames.Add(frame);
            rest = rest[frame.Bytes.Length..];
        }

        for (var i = 0; i < frames.Count; i++)
        {
            if (frames[i].Opcode is FrameOpcode.Text or FrameOpcode.Binary && FindFragments(frames, i) is { } fragments)
                Compress(frames, fragments);
        }

        return [.. frames.SelectMany(static frame => frame.Bytes), .. rest];
    }

    /// <summary>Reads a frame if it is whole and as the client of the tests writes it.</summary>
    private static Frame? Read(byte[] bytes)
    {
        if (bytes.Length < 2)
            return null;

        var size = (bytes[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
        if (bytes.Length < 6 + size)
            return null;

        var length = size switch { 0 => bytes[1] & 0x7F, 2 => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)), _ => BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2)) };
        var start = 6 + size;
        if (length < 0 || bytes.Length - start < length)
            return null;

        var key = bytes[(start - 4)..start];
        var payload = bytes[start..(start + (int)length)].Select((value, i) => (byte)(value ^ key[i % 4])).ToArray();
        var (opcode, isFinal) = ((FrameOpcode)(bytes[0] & 0x0F), bytes[0] >= 0x80);
        var written = ClientFrame.Of(opcode, payload, isFinal, key);
        return bytes.AsSpan(0, written.Length).SequenceEqual(written) ? new(opcode, isFinal, payload, written) : null;
    }

    /// <summary>The places of all fragments of a message; null if it has no end.</summary>
    private static List<int>? FindFragments(List<Frame> frames, int first)
    {
        var fragments = new List<int> { first };
        for (var i = first; !frames[i].IsFinal || frames[i].IsControl;)
        {
            if (++i == frames.Count || (!frames[i].IsControl && frames[i].Opcode != FrameOpcode.Continuation))
                return null;

            if (!frames[i].IsControl)
                fragments.Add(i);
        }

        return fragments;
    }

    private static void Compress(List<Frame> frames, List<int> fragments)
    {
        var compressed = new MemoryStream();
        using var deflating = new DeflateStream(compressed, CompressionLevel.Fastest);
        foreach (var place in fragments)
        {
            compressed.SetLength(0);
            deflating.Write(frames[place].Payload);
            deflating.Flush();
            var payload = compressed.ToArray();
            if (place == fragments[^1])
                payload = payload.Length == 0 ? [0] : payload[..^4];

            var bytes = ClientFrame.Of(frames[place].Opcode, payload, frames[place].IsFinal);
            bytes[0] |= place == fragments[0] ? Compressed : (byte)0;
            frames[place] = frames[place] with { Bytes = bytes };
        }
    }

    private sealed record Frame(FrameOpcode Opcode, bool IsFinal, byte[] Payload, byte[] Bytes)
    {
        public bool IsControl => Opcode >= FrameOpcode.Close;
    }
}
