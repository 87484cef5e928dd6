namespace Krait.Load.Driving;

/// <summary>Counts a server's answers in its bytes, by the headers of the frames alone, or by their length.</summary>
/// <remarks>Mutable: keep it in a field.</remarks>
/// <param name="countsRecords">See <see cref="Dialogue.CountsRecords"/>.</param>
/// <param name="answerLength">See <see cref="Dialogue.AnswerLength"/>.</param>
internal struct AnswerCounter(bool countsRecords, int answerLength = 0)
{
    private ServerHead _head = new();
    private ulong _payloadLeft;
    private int _partOfAnswer;

    /// <summary>Counts what ended in these bytes.</summary>
    /// <exception cref="InvalidDataException">The server closes, or what it sends is no frame.</exception>
    public int Count(ReadOnlySpan<byte> bytes) => answerLength > 0 ? CountByLength(bytes.Length) : CountFrames(bytes);

    private int CountByLength(int received)
    {
        var (answers, rest) = Math.DivRem(_partOfAnswer + received, answerLength);
        _partOfAnswer = rest;
        return answers;
    }

    private int CountFrames(ReadOnlySpan<byte> bytes)
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
