using System.Buffers;

namespace Krait.Transport;

/// <summary>Encoded messages that wait to be sent, headers and payloads in place, in one pooled array.</summary>
/// <remarks>Room for a header is kept before a payload; when the length is known, a payload whose header turns out shorter or longer is moved.</remarks>
internal sealed class OutputBuffer : IBufferWriter<byte>
{
    private const int UsualSize = 4 * 1024;
    private const int LargestKept = 64 * 1024;

    // Enough for payloads of 126 to 65,535 bytes, which are the ones that would be dear to move; shorter ones are moved by two bytes.
    private const int UsualHeaderSize = 4;

    private byte[] _array = [];
    private int _start;
    private int _end;
    private int _payload;
    private int _cursor;
    private int _expected;

    /// <summary>How many bytes wait.</summary>
    public int Length => _end - _start;

    /// <summary>The bytes that wait.</summary>
    public ReadOnlyMemory<byte> Unsent => _array.AsMemory(_start, Length);

    /// <summary>Starts a message.</summary>
    /// <param name="largestHeader">The longest header that it may need.</param>
    public void Begin(int largestHeader)
    {
        // The first message can begin anywhere, and so never has to be moved.
        _payload = _end + (Length == 0 ? largestHeader : UsualHeaderSize);
        _cursor = _payload;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _array.AsMemory(_cursor);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _array.AsSpan(_cursor);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Math.Max(0, _array.Length - _cursor)); // nothing may be written before there is room
        _cursor += count;
    }

    /// <summary>How long the payload is that was begun.</summary>
    public int PayloadLength => _cursor - _payload;

    /// <summary>Takes the payload that was begun, so that another can be put in its place: valid until the first byte of that.</summary>
    public ReadOnlyMemory<byte> TakePayload()
    {
        var payload = _array.AsMemory(_payload, PayloadLength);
        _cursor = _payload;
        return payload;
    }

    /// <summary>Ends the message.</summary>
    /// <returns>Where its header goes.</returns>
    public Span<byte> Complete(int headerSize)
    {
        var length = PayloadLength;
        var header = Length == 0 ? _payload - headerSize : _end;
        EnsureRoom(headerSize);
        if (header + headerSize != _payload)
            _array.AsSpan(_payload, length).CopyTo(_array.AsSpan(header + headerSize));

        if (Length == 0)
            _start = header;

        _end = header + headerSize + length;
        return _array.AsSpan(header, headerSize);
    }

    /// <summary>Takes note that bytes were sent.</summary>
    public void Sent(int count) => _start += count;

    /// <summary>Forgets everything and gives the array back; one of usual size may be kept for the next batch.</summary>
    public void Clear(bool keepArray = false)
    {
        if (_end > 0)
            _expected = Math.Min(_end, LargestKept); // batches are often alike: another one need not grow step by step

        _start = _end = _payload = _cursor = 0;
        if (_array.Length == 0 || (keepArray && _array.Length <= LargestKept))
            return;

        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
    }

    private void EnsureRoom(int size)
    {
        if (_array.Length - _cursor >= size)
            return;

        var needed = checked(_cursor + size);
        var usual = _array.Length == 0 ? Math.Max(_expected, UsualSize) : (int)Math.Min(_array.Length * 2L, Array.MaxLength);
        var array = ArrayPool<byte>.Shared.Rent(Math.Max(needed, usual));
        _array.AsSpan(0, Math.Min(_cursor, _array.Length)).CopyTo(array);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);

        _array = array;
    }
}
