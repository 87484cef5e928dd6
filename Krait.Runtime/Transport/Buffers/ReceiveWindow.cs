namespace Krait.Transport;

/// <summary>The received bytes of a connection in one pooled array: the message so far, and behind it what is not yet read.</summary>
/// <remarks>
/// Grows with what really arrives, at most fourfold at a time, or thirty-twofold up to the size of the last message, so that a declared length alone costs
/// nothing; large arrays go back as soon as they are empty. Memory that a detached payload still holds is never written again, and what is free behind it is used before another array is rented.
/// </remarks>
internal sealed class ReceiveWindow : IDisposable
{
    private const int UsualSize = 8 * 1024;
    private const int LargestKept = 64 * 1024;
    private const int GrowthFactor = 4;
    private const int GrowthFactorOfUsual = 32;
    private const int WorthReading = 1024;
    private const int LargestControlFrame = FrameHeader.LargestSize + FrameHeader.LargestControlPayload;

    private ReceiveBuffer? _buffer;
    private bool _isHeld;
    private int _messageStart;
    private int _messageEnd;
    private int _start;
    private int _end;
    private int _lastMessageSize;

    /// <summary>What was received and not yet read.</summary>
    public Span<byte> Unread => _isHeld ? _buffer!.Array.AsSpan(_start, _end - _start) : default;

    /// <summary>The message so far.</summary>
    public ReadOnlyMemory<byte> Message => _isHeld ? _buffer!.Array.AsMemory(_messageStart, _messageEnd - _messageStart) : default;

    /// <summary>Starts a message with what is read next.</summary>
    public void BeginMessage() => _messageStart = _messageEnd = _start;

    /// <summary>The message is whole.</summary>
    public void EndMessage() => _lastMessageSize = _messageEnd - _messageStart;

    /// <summary>Reads a part that is not the message's.</summary>
    public Memory<byte> Take(int count)
    {
        _start += count;
        return _buffer!.Array.AsMemory(_start - count, count);
    }

    /// <summary>Reads the next part of the message, and puts it behind the parts that came before.</summary>
    public Span<byte> TakeIntoMessage(int count)
    {
        var part = Take(count).Span;
        var place = _buffer!.Array.AsSpan(_messageEnd, count);
        if (_messageEnd != _start - count)
            part.CopyTo(place);

        _messageEnd += count;
        return place;
    }

    /// <summary>Finds room for what comes next.</summary>
    /// <param name="inMessage">Whether the message so far must be kept.</param>
    /// <param name="expected">How many bytes the frame still lacks; 0 if no one knows.</param>
    public Memory<byte> GetMemory(bool inMessage, long expected)
    {
        Hold();
        if (inMessage)
            CloseGap();
        else
            _messageStart = _messageEnd = _start;

        var used = _end - _messageStart;
        var wanted = (int)Math.Clamp(expected, LargestControlFrame, Array.MaxLength - used);
        MakeRoom(used, wanted);
        return _buffer!.Array.AsMemory(_end);
    }

    /// <summary>Takes note of bytes that were put into that room.</summary>
    public void Received(int count) => _end += count;

    /// <summary>Lets go of the array. Only when nothing in it is needed but payloads that were detached; as long as they keep it, its free end is still ours.</summary>
    public void Park()
    {
        if (_isHeld)
        {
            _isHeld = false;
            _buffer!.Dispose();
        }
    }

    /// <summary>Keeps the array for whoever holds the result.</summary>
    public IDisposable Detach()
    {
        _buffer!.Hold();
        return _buffer;
    }

    public void Dispose() => Park();

    private void Hold()
    {
        if (_isHeld)
            return;

        _isHeld = true;
        if (_buffer is not null && _buffer.TryHold())
            return;

        if (_buffer is null || !_buffer.TryRenew(UsualSize))
            _buffer = new ReceiveBuffer(UsualSize);

        _messageStart = _messageEnd = _start = _end = 0;
    }

    // What was read and is not the message's, such as control frames without end, must not count as used.
    private void CloseGap()
    {
        var gap = _start - _messageEnd;
        if (gap == 0)
            return;

        Unread.CopyTo(_buffer!.Array.AsSpan(_messageEnd));
        _start -= gap;
        _end -= gap;
    }

    private void MakeRoom(int used, int wanted)
    {
        var capacity = _buffer!.Array.Length;
        if (_buffer.IsShared)
        {
            if (capacity - _end < Math.Min(wanted, WorthReading))
                MoveTo(new ReceiveBuffer(SizeFor(used, wanted)), used);
        }
        else if (used == 0 && capacity <= LargestKept)
        {
            _messageStart = _messageEnd = _start = _end = 0;
        }
        else if (capacity > LargestKept && used + wanted <= UsualSize)
        {
            _buffer.Replace(UsualSize, _messageStart, used);
            Shift(_messageStart);
        }
        else if (capacity - _end < wanted && capacity - used >= wanted)
        {
            _buffer.Array.AsSpan(_messageStart, used).CopyTo(_buffer.Array);
            Shift(_messageStart);
        }
        else if (capacity - _end < Math.Min(wanted, WorthReading))
        {
            _buffer.Replace(SizeFor(used, wanted), _messageStart, used);
            Shift(_messageStart);
        }
    }

    private int SizeFor(int used, int wanted) =>
        (int)Math.Max(UsualSize, Math.Min((long)used + wanted, Math.Max((long)used * GrowthFactor, Math.Min((long)used * GrowthFactorOfUsual, _lastMessageSize))));

    private void MoveTo(ReceiveBuffer buffer, int used)
    {
        _buffer!.Array.AsSpan(_messageStart, used).CopyTo(buffer.Array);
        _buffer.Dispose();
        _buffer = buffer;
        Shift(_messageStart);
    }

    private void Shift(int by)
    {
        _messageStart -= by;
        _messageEnd -= by;
        _start -= by;
        _end -= by;
    }
}
