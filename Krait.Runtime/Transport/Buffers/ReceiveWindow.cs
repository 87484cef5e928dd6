using System.Diagnostics;

namespace Krait.Transport;

/// <summary>The received bytes of a connection in one pooled array: the message so far, and after it the unread bytes.</summary>
/// <remarks>
/// <code>
///     0          messageStart         messageEnd        start           end             Length
///     |               |                    |              |              |                |
///     | read before;  |  the message so    |  read since: |  unread      |  free: the     |
///     | it may be a   |  far, in one piece |  headers,    |  bytes       |  next received |
///     | detached one  |                    |  pings       |              |  bytes         |
///                                          |--------------|
///                                           next part of the message moves here
/// </code>
/// The indices are always in this order; they are equal where a part is empty. The array grows with the bytes that really arrive,
/// at most fourfold at a time, or thirty-twofold up to the size of the last message, so that declaring a length costs nothing.
/// Large arrays go back as soon as they are empty. Memory of a detached payload is never written again; the free part behind it
/// is used before another array is rented.
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

    /// <summary>The received bytes that are not read yet.</summary>
    public Span<byte> Unread => _isHeld ? _buffer!.Array.AsSpan(_start, _end - _start) : default;

    /// <summary>The message so far.</summary>
    public ReadOnlyMemory<byte> Message =>
        _isHeld ? _buffer!.Array.AsMemory(_messageStart, _messageEnd - _messageStart) : default;

    /// <summary>Starts a message with the next part that is read.</summary>
    public void BeginMessage()
    {
        Debug.Assert(_isHeld, "A message begins in bytes that were received.");
        _messageStart = _messageEnd = _start;
    }

    /// <summary>Ends the message.</summary>
    public void EndMessage() => _lastMessageSize = _messageEnd - _messageStart;

    /// <summary>Reads a part that does not belong to the message.</summary>
    public Memory<byte> Take(int count)
    {
        Debug.Assert(_isHeld && count >= 0 && count <= _end - _start, "Only what was received can be read.");
        _start += count;
        return _buffer!.Array.AsMemory(_start - count, count);
    }

    /// <summary>Reads the next part of the message, and moves it to the end of the message so far.</summary>
    public Span<byte> TakeIntoMessage(int count)
    {
        var part = Take(count).Span;
        var place = _buffer!.Array.AsSpan(_messageEnd, count);
        if (_messageEnd != _start - count)
            part.CopyTo(place);

        _messageEnd += count;
        AssertOrder();
        return place;
    }

    /// <summary>Returns room for the next received bytes.</summary>
    /// <param name="inMessage">Whether the message so far must be kept.</param>
    /// <param name="expected">How many bytes of the frame are missing; 0 if that is unknown.</param>
    /// <param name="arrived">How many bytes have arrived elsewhere and come next; 0 if that is unknown.</param>
    public Memory<byte> GetMemory(bool inMessage, long expected, int arrived = 0)
    {
        Hold(Math.Clamp(arrived, UsualSize, LargestKept));
        if (inMessage)
            CloseGap();
        else
            _messageStart = _messageEnd = _start;

        var used = _end - _messageStart;
        var wanted = (int)Math.Clamp(expected, LargestControlFrame, Array.MaxLength - used);
        MakeRoom(used, wanted);
        AssertOrder();
        Debug.Assert(_end < _buffer!.Array.Length, "A read without room would look like the end of the client's side.");
        return _buffer.Array.AsMemory(_end);
    }

    /// <summary>Call this after you have put bytes into that room.</summary>
    public void Received(int count)
    {
        _end += count;
        AssertOrder();
    }

    /// <summary>Releases the array if only detached payloads still need it.</summary>
    /// <remarks>While they keep it, this window can still use its free end.</remarks>
    public void Park()
    {
        if (_isHeld)
        {
            _isHeld = false;
            _buffer!.Dispose();
        }
    }

    /// <summary>Keeps the array for the holder of the result.</summary>
    public IDisposable Detach()
    {
        Debug.Assert(_isHeld, "Only the payload of the last message can be detached.");
        _buffer!.Hold();
        return _buffer;
    }

    public void Dispose() => Park();

    private void Hold(int size)
    {
        if (_isHeld)
            return;

        _isHeld = true;
        if (_buffer is not null && _buffer.TryHold())
            return;

        if (_buffer is null || !_buffer.TryRenew(size))
            _buffer = new ReceiveBuffer(size);

        _messageStart = _messageEnd = _start = _end = 0;
    }

    // Parts that do not belong to the message, such as endless control frames, must not count as used.
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
        var isTight = capacity - _end < Math.Min(wanted, WorthReading);
        if (_buffer.IsShared)
        {
            if (isTight)
                MoveTo(new ReceiveBuffer(SizeFor(used, wanted)), used);

            return;
        }

        if (used == 0 && capacity <= LargestKept)
            _messageStart = _messageEnd = _start = _end = 0;
        else if (capacity > LargestKept && used + wanted <= UsualSize)
            Replace(UsualSize, used);
        else if (capacity - _end < wanted && capacity - used >= wanted)
            MoveToFront(used);
        else if (isTight)
            Replace(SizeFor(used, wanted), used);
    }

    private int SizeFor(int used, int wanted)
    {
        var largest = Math.Max((long)used * GrowthFactor, Math.Min((long)used * GrowthFactorOfUsual, _lastMessageSize));
        return (int)Math.Max(UsualSize, Math.Min((long)used + wanted, largest));
    }

    private void MoveTo(ReceiveBuffer buffer, int used)
    {
        _buffer!.Array.AsSpan(_messageStart, used).CopyTo(buffer.Array);
        _buffer.Dispose();
        _buffer = buffer;
        Shift(_messageStart);
    }

    private void Replace(int size, int used)
    {
        _buffer!.Replace(size, _messageStart, used);
        Shift(_messageStart);
    }

    private void MoveToFront(int used)
    {
        _buffer!.Array.AsSpan(_messageStart, used).CopyTo(_buffer.Array);
        Shift(_messageStart);
    }

    private void Shift(int by)
    {
        _messageStart -= by;
        _messageEnd -= by;
        _start -= by;
        _end -= by;
    }

    [Conditional("DEBUG")]
    private void AssertOrder() => Debug.Assert(
        _isHeld && 0 <= _messageStart && _messageStart <= _messageEnd && _messageEnd <= _start && _start <= _end
            && _end <= _buffer!.Array.Length,
        "The indices are in the order of the picture.");
}
