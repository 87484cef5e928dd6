using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Krait.Transport;

/// <summary>Reads frame headers as strictly as RFC 6455, section 5.2, allows a server to be. No state, no I/O.</summary>
/// <remarks>It finds a fault as soon as its bytes are there, without waiting for the rest of the header.</remarks>
internal static class FrameParser
{
    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte Compressed = 0x40;
    private const byte Masked = 0x80;
    private const int ShortLength = 0x7F;
    private const int MaskSize = 4;

    /// <summary>Reads the header that <paramref name="bytes"/> begin with.</summary>
    /// <param name="bytes">The received bytes that are not consumed yet.</param>
    /// <param name="header">The header, if the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="fault">The fault, if the result is <see cref="OperationStatus.InvalidData"/>: a protocol error, 1002.</param>
    /// <param name="mayCompress">Whether permessage-deflate is negotiated; then a message may set the first reserved bit.</param>
    public static OperationStatus Parse(
        ReadOnlySpan<byte> bytes, out FrameHeader header, out string? fault, bool mayCompress = false)
    {
        (header, fault) = (default, null);
        if (bytes.IsEmpty)
            return OperationStatus.NeedMoreData;

        var isCompressed = mayCompress && IsCompressed(bytes[0]);
        fault = FaultOfType(isCompressed ? bytes[0] & ~Compressed : bytes[0]) ?? (bytes.Length > 1 ? FaultOfSecond(bytes) : null);
        if (fault is not null)
            return OperationStatus.InvalidData;

        if (bytes.Length < 2)
            return OperationStatus.NeedMoreData;

        var lengthSize = (bytes[1] & ShortLength) switch { 126 => 2, 127 => 8, _ => 0 };
        var size = 2 + lengthSize + MaskSize;
        if (bytes.Length < size - MaskSize)
            return OperationStatus.NeedMoreData;

        var length = ReadLength(bytes[2..], bytes[1] & ShortLength);
        fault = FaultOfLength(length, lengthSize);
        if (fault is not null)
            return OperationStatus.InvalidData;

        if (bytes.Length < size)
            return OperationStatus.NeedMoreData;

        header = Create(bytes[..size], (long)length, isCompressed);
        return OperationStatus.Done;
    }

    private static FrameOpcode OpcodeOf(int first) => (FrameOpcode)(first & 0x0F);

    private static bool IsCompressed(byte first) =>
        (first & Reserved) == Compressed && OpcodeOf(first) is FrameOpcode.Text or FrameOpcode.Binary;

    private static string? FaultOfType(int first)
    {
        var opcode = OpcodeOf(first);
        return (first & Reserved) != 0 ? "A reserved bit is set."
            : opcode is > FrameOpcode.Binary and < FrameOpcode.Close or > FrameOpcode.Pong ? "The opcode is unknown."
            : opcode >= FrameOpcode.Close && (first & Final) == 0 ? "The control frame is fragmented."
            : null;
    }

    private static string? FaultOfSecond(ReadOnlySpan<byte> bytes) =>
        (bytes[1] & Masked) == 0 ? "The frame is not masked."
        : OpcodeOf(bytes[0]) >= FrameOpcode.Close && (bytes[1] & ShortLength) > FrameHeader.LargestControlPayload
            ? "The control frame is longer than 125 bytes."
        : null;

    private static ulong ReadLength(ReadOnlySpan<byte> bytes, int shortLength) => shortLength switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        127 => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        _ => (ulong)shortLength,
    };

    private static string? FaultOfLength(ulong length, int lengthSize)
    {
        if (length > long.MaxValue)
            return "The highest bit of the length is set.";

        var longestShorter = lengthSize switch { 8 => ushort.MaxValue, 2 => FrameHeader.LargestControlPayload, _ => -1 };
        return (long)length <= longestShorter ? "The length is not written in its shortest form." : null;
    }

    private static FrameHeader Create(ReadOnlySpan<byte> bytes, long length, bool isCompressed) => new()
    {
        Opcode = OpcodeOf(bytes[0]),
        IsFinal = (bytes[0] & Final) != 0,
        IsCompressed = isCompressed,
        PayloadLength = length,
        Mask = MemoryMarshal.Read<uint>(bytes[^MaskSize..]),
        Size = bytes.Length,
    };
}
