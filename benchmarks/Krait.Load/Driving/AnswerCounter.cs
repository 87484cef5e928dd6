namespace Krait.Load.Driving;

/// <summary>Counts a server's answers in its bytes, by the headers of the frames alone.</summary>
/// <remarks>Mutable: keep it in a field.</remarks>
internal struct AnswerCounter(bool countsRecords)
{
    private ServerHead _head = new();
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

            if (_head.TryEnd(bytes[0]))
            {
                _payloadLeft = _head.PayloadLength;
                answers += !countsRecords && _head.EndsMessage ? 1 : 0;
            }

            bytes = bytes[1..];
        }

        return answers;
    }
}
