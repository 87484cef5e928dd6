using System.Buffers;

namespace Krait.Load.Driving;

/// <summary>Finds the texts of messages in a server's bytes.</summary>
/// <param name="splitsRecords">Whether record separators end messages; else the last frames do.</param>
internal sealed class MessageSplitter(bool splitsRecords)
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private ServerHead _head = new();
    private ulong _payloadLeft;
    private int _taken;

    /// <summary>Takes bytes in.</summary>
    /// <exception cref="InvalidDataException">The server closes, or what it sends is no frame.</exception>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payloadLeft == 0)
            {
                if (_head.TryEnd(bytes[0]))
                    _payloadLeft = _head.PayloadLength;

                bytes = bytes[1..];
                continue;
            }

            var count = (int)Math.Min((ulong)bytes.Length, _payloadLeft);
            _text.Write(bytes[..count]);
            bytes = bytes[count..];
            _payloadLeft -= (ulong)count;
            if (_payloadLeft == 0 && !splitsRecords && _head.EndsMessage)
                _text.Write([SignalRDialogue.Separator]);
        }
    }

    /// <summary>Takes the next whole message out; it is valid until the next call.</summary>
    public bool TryTake(out ReadOnlySpan<byte> message)
    {
        var rest = _text.WrittenSpan[_taken..];
        var end = rest.IndexOf(SignalRDialogue.Separator);
        if (end < 0)
        {
            message = default;
            KeepOnly(rest.ToArray());
            return false;
        }

        message = rest[..end];
        _taken += end + 1;
        return true;
    }

    private void KeepOnly(byte[] rest)
    {
        _text.ResetWrittenCount();
        _text.Write(rest);
        _taken = 0;
    }
}
