using System.Buffers.Binary;

namespace Krait.Load.Measuring;

/// <summary>What one client hears of a server that drains: a message, then a close frame, in any pieces.</summary>
internal sealed class Farewell
{
    /// <summary>The status of a server that restarts.</summary>
    public const int Restart = 1012;

    private const byte Close = 0x88;

    private readonly byte[] _bytes = new byte[256]; // both frames are short
    private int _length;

    /// <summary>The status of the close frame; 0 if there was none.</summary>
    public int Status { get; private set; }

    /// <summary>Whether a message came before the close frame.</summary>
    public bool HasMessage { get; private set; }

    /// <summary>Takes what came.</summary>
    /// <returns>Whether the close frame has just ended.</returns>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        if (Status != 0)
            return false;

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        for (var frame = 0; frame + 2 <= _length && frame + 2 + _bytes[frame + 1] <= _length; frame += 2 + _bytes[frame + 1])
        {
            if (_bytes[frame] == Close)
            {
                Status = BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(frame + 2));
                return true;
            }

            HasMessage = true;
        }

        return false;
    }
}
