using System.Buffers.Binary;

namespace Krait.Load.Driving;

/// <summary>The header of a server's frame (RFC 6455, section 5.2), which comes in any pieces.</summary>
/// <remarks>Mutable: keep it in a field.</remarks>
internal struct ServerHead()
{
    private const int LargestHeader = 10;

    private readonly byte[] _bytes = new byte[LargestHeader];
    private int _length;

    /// <summary>How long the payload is. When <see cref="TryEnd"/> has returned true.</summary>
    public readonly ulong PayloadLength => _bytes[1] switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(2)),
        127 => BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(2)),
        var length => length,
    };

    /// <summary>Whether the frame is the last one of a message. When <see cref="TryEnd"/> has returned true.</summary>
    public readonly bool EndsMessage => (_bytes[0] & 0x88) == 0x80;

    /// <summary>Takes the next byte.</summary>
    /// <returns>Whether it is the last one of the header.</returns>
    /// <exception cref="InvalidDataException">The server closes, or what it sends is no frame.</exception>
    public bool TryEnd(byte next)
    {
        _bytes[_length++] = next;
        if (_length < 2 || _length < 2 + LengthSize)
            return false;

        _length = 0;
        if ((_bytes[0] & 0x0F) == 8 || (_bytes[0] & 0x70) != 0 || (_bytes[1] & 0x80) != 0)
            throw new InvalidDataException($"The server sent a frame that begins with {_bytes[0]:X2} {_bytes[1]:X2}.");

        return true;
    }

    private readonly int LengthSize => _bytes[1] switch { 126 => 2, 127 => 8, _ => 0 };
}
