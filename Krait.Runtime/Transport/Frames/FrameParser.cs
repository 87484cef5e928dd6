using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Krait.Transport;

/// <summary>Reads frame headers as strictly as RFC 6455, section 5.2, allows a server to be. No state, no I/O.</summary>
/// <remarks>A fault is found as soon as the bytes that show it are there, so that half a bad header is never waited for.</remarks>
internal static class FrameParser
{
    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte Compressed = 0x40;
    private const byte Masked = 0x80;
    private const int MaskSize = 4;

    /// <summary>Reads the header that <paramref name="bytes"/> begin with.</summary>
    /// <param name="bytes">What was received and not yet consumed.</param>
    /// <param name="header">The header, if the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="fault">What is wrong, if the result is <see cref="OperationStatus.InvalidData"/>: each is a protocol error, 1002.</param>
    /// <param name="mayCompress">Whether permessage-deflate was agreed on, which gives the first reserved bit of a message's first frame a meaning.</param>
    public static OperationStatus Parse(ReadOnlySpan<byte> bytes, out FrameHeader header, out string? fault, bool mayCompress = false)
    {
        header = default;
        fault = null;
        if (bytes.IsEmpty)
            return OperationStatus.NeedMoreData;

        var opcode = (FrameOpcode)(bytes[0] & 0x0F);
        var isFinal = (bytes[0] & Final) != 0;
        var isCompressed = mayCompress && (bytes[0] & Reserved) == Compressed && opcode is FrameOpcode.Text or FrameOpcode.Binary;
        fault = FaultOfType(isCompressed ? bytes[0] & ~Compressed : bytes[0], opcode, isFinal);
        if (fault is not null)
            return OperationStatus.InvalidData;

        if (bytes.Length < 2)
            return OperationStatus.NeedMoreData;

        var shortLength = bytes[1] & 0x7F;
        fault = (bytes[1] & Masked) == 0 ? "The frame is not masked."
            : opcode >= FrameOpcode.Close && shortLength > FrameHeader.LargestControlPayload ? "The control frame is longer than 125 bytes."
            : null;
        if (fault is not null)
            return OperationStatus.InvalidData;

        var lengthSize = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        if (bytes.Length < 2 + lengthSize)
            return OperationStatus.NeedMoreData;

        var length = ReadLength(bytes[2..], shortLength);
        fault = FaultOfLength(length, lengthSize);
        if (fault is not null)
            return OperationStatus.InvalidData;

        var size = 2 + lengthSize + MaskSize;
        if (bytes.Length < size)
            return OperationStatus.NeedMoreData;

        var mask = MemoryMarshal.Read<uint>(bytes[(size - MaskSize)..]);
        header = new() { Opcode = opcode, IsFinal = isFinal, IsCompressed = isCompressed, PayloadLength = (long)length, Mask = mask, Size = size };
        return OperationStatus.Done;
    }

    private static string? FaultOfType(int first, FrameOpcode opcode, bool isFinal) =>
        (first & Reserved) != 0 ? "A reserved bit is set."
        : opcode is > FrameOpcode.Binary and < FrameOpcode.Close or > FrameOpcode.Pong ? "The opcode is unknown."
        : opcode >= FrameOpcode.Close && !isFinal ? "The control frame is fragmented."
        : null;

    private static ulong ReadLength(ReadOnlySpan<byte> bytes, int shortLength) => shortLength switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        127 => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        _ => (ulong)shortLength,
    };

    private static string? FaultOfLength(ulong length, int lengthSize) =>
        length > long.MaxValue ? "The highest bit of the length is set."
        : lengthSize == 8 && length <= ushort.MaxValue || lengthSize == 2 && length <= FrameHeader.LargestControlPayload ? "The length is not written in its shortest form."
        : null;
}
