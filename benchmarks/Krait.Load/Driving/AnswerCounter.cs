using System.Buffers.Binary;

namespace Krait.Load.Driving;

/// <summary>Counts a server's answers in its bytes, by the headers of the frames alone.</summary>
/// <remarks>Mutable: keep it in a field.</remarks>
internal struct AnswerCounter(bool countsRecords)
{
    private const int LargestHeader = 10;

    private readonly byte[] _header = new byte[LargestHeader];
    private int _headerLength;
    private ulong _payloadLeft;

    /// <summary>Counts what ended in these bytes.</summary>
    /// <exception cref="InvalidDataException">The server closes, or what it sends is no frame.</exception>
    public int Count(ReadOnlySpan<byte> bytes)
    {
        var answers = 0;
        while (!bytes.IsEmpty)
        {
            if (_payloadLeft > 0)
            {
                var count = (int)Math.Min((ulong)bytes.Length, _payloadLeft);
                if (countsRecords)
                    answers += bytes[..count].Count(SignalRDialogue.Separator);

                bytes = bytes[count..];
                _payloadLeft -= (ulong)count;
                continue;
            }

            _header[_headerLength++] = bytes[0];
            bytes = bytes[1..];
            if (_headerLength < 2 || _headerLength < 2 + LengthSize)
                continue;

            answers += EndHeader();
        }

        return answers;
    }

    private readonly int LengthSize => _header[1] switch { 126 => 2, 127 => 8, _ => 0 };

    private int EndHeader()
    {
        _payloadLeft = _header[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
            127 => BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(2)),
            var length => length,
        };
        _headerLength = 0;
        var opcode = _header[0] & 0x0F;
        if (opcode == 8 || (_header[0] & 0x70) != 0 || (_header[1] & 0x80) != 0)
            throw new InvalidDataException($"The server sent a frame that begins with {_header[0]:X2} {_header[1]:X2}.");

        return !countsRecords && opcode < 8 && (_header[0] & 0x80) != 0 ? 1 : 0;
    }
}
