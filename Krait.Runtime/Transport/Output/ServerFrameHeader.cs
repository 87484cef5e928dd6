using System.Buffers.Binary;
using System.Diagnostics;

namespace Krait.Transport;

/// <summary>The header of a frame that the server sends: final, without a mask (RFC 6455, section 5.2).</summary>
/// <param name="Opcode">The type of the frame.</param>
/// <param name="IsMarked">The first reserved bit: the message is compressed, or in line: it may be compressed.</param>
/// <param name="PayloadLength">In bytes.</param>
internal readonly record struct ServerFrameHeader(FrameOpcode Opcode, bool IsMarked, int PayloadLength)
{
    /// <summary>The longest header.</summary>
    public const int LargestHeader = 10;

    private const byte Final = 0x80;
    private const byte Mark = 0x40;
    private const byte OpcodeBits = 0x0F;

    /// <summary>How many bytes the header takes.</summary>
    public int HeaderSize => PayloadLength <= 125 ? 2 : PayloadLength <= ushort.MaxValue ? 4 : LargestHeader;

    /// <summary>How many bytes header and payload take.</summary>
    public int Size => HeaderSize + PayloadLength;

    /// <summary>Reads the header of a frame that this server wrote.</summary>
    public static ServerFrameHeader Read(ReadOnlySpan<byte> frame)
    {
        var length = frame[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(frame[2..]),
            127 => checked((int)BinaryPrimitives.ReadInt64BigEndian(frame[2..])),
            var small => small,
        };
        return new((FrameOpcode)(frame[0] & OpcodeBits), (frame[0] & Mark) != 0, length);
    }

    /// <summary>Writes the header.</summary>
    /// <param name="header">As many bytes as <see cref="HeaderSize"/>.</param>
    public void Write(Span<byte> header)
    {
        Debug.Assert(header.Length == HeaderSize);
        header[0] = (byte)(Final | (IsMarked ? Mark : 0) | (byte)Opcode);
        switch (header.Length)
        {
            case 2:
                header[1] = (byte)PayloadLength;
                break;
            case 4:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)PayloadLength);
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(header[2..], PayloadLength);
                break;
        }
    }
}
