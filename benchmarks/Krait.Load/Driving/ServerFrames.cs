using System.Buffers.Binary;

namespace Krait.Load.Driving;

/// <summary>Finds whole frames of a server (RFC 6455, section 5.2) in bytes that come in any pieces.</summary>
internal sealed class ServerFrames
{
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>Takes bytes in.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        var rest = _bytes.AsSpan(_start.._end);
        if (rest.Length + bytes.Length > _bytes.Length)
        {
            var larger = new byte[rest.Length + bytes.Length];
            rest.CopyTo(larger);
            _bytes = larger;
        }
        else
        {
            rest.CopyTo(_bytes);
        }

        (_start, _end) = (0, rest.Length + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_end - bytes.Length));
    }

    /// <summary>Takes the next whole frame out; its payload is valid until the next call.</summary>
    public bool TryTake(out int opcode, out ReadOnlySpan<byte> payload)
    {
        var rest = _bytes.AsSpan(_start.._end);
        opcode = 0;
        payload = default;
        if (rest.Length < 2)
            return false;

        var size = rest[1] switch { 126 => 4, 127 => 10, _ => 2 };
        if (rest.Length < size)
            return false;

        var length = size switch
        {
            2 => rest[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(rest[2..]),
            _ => checked((int)BinaryPrimitives.ReadUInt64BigEndian(rest[2..])),
        };
        if (rest.Length < size + length)
            return false;

        opcode = rest[0] & 0x0F;
        payload = rest.Slice(size, length);
        _start += size + length;
        return true;
    }
}
