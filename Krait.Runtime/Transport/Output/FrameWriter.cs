using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>
/// Where a message is encoded, before any lock is taken: room for the header, then the payload. One for each thread that encodes.
/// </summary>
/// <remarks>
/// If an encoder sends another message meanwhile, that message gets another writer. After an encoder has thrown, the next message
/// gets a new writer too, and the garbage collector frees the old one.
/// </remarks>
internal sealed class FrameWriter : IBufferWriter<byte>
{
    private const int UsualSize = 4 * 1024;
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static FrameWriter? t_writer;

    private byte[] _array = [];
    private int _cursor;
    private bool _isRented;

    /// <summary>Takes the thread's writer.</summary>
    public static FrameWriter Rent()
    {
        var writer = t_writer;
        if (writer is null || writer._isRented)
            t_writer = writer = new();

        writer._isRented = true;
        writer._cursor = ServerFrameHeader.LargestHeader;
        return writer;
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
        // nothing may be written before there is room
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Math.Max(0, _array.Length - _cursor));
        _cursor += count;
    }

    /// <summary>Puts the header before the payload.</summary>
    /// <returns>The frame, in the writer's array until <see cref="GiveAway"/>.</returns>
    public OutputSegment Complete(WebSocketMessageType type, bool isMarked) =>
        Complete(type == WebSocketMessageType.Text ? FrameOpcode.Text : FrameOpcode.Binary, isMarked);

    /// <inheritdoc cref="Complete(WebSocketMessageType, bool)"/>
    public OutputSegment Complete(FrameOpcode opcode, bool isMarked = false)
    {
        EnsureRoom(0);
        var frame = new ServerFrameHeader(opcode, isMarked, _cursor - ServerFrameHeader.LargestHeader);
        var start = ServerFrameHeader.LargestHeader - frame.HeaderSize;
        frame.Write(_array.AsSpan(start, frame.HeaderSize));
        return new(_array, start, _cursor);
    }

    /// <summary>Frames a payload that is there already.</summary>
    /// <returns>How many bytes the frame takes.</returns>
    public static int AppendTo(OutputQueue queue, FrameOpcode opcode, bool isMarked, ReadOnlySpan<byte> payload)
    {
        var writer = Rent();
        writer.Write(payload);
        return writer.MoveTo(queue, opcode, isMarked);
    }

    /// <summary>Writes bytes in one piece.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Frames the written bytes, puts them into a queue, and gives the writer back.</summary>
    /// <returns>How many bytes the frame takes.</returns>
    public int MoveTo(OutputQueue queue, FrameOpcode opcode, bool isMarked)
    {
        var frame = Complete(opcode, isMarked);
        if (queue.Append(frame))
            GiveAway();

        Return();
        return frame.Length;
    }

    /// <summary>Gives up the array, which has another owner from now on.</summary>
    public void GiveAway() => _array = [];

    /// <summary>Gives the writer back to its thread.</summary>
    public void Return()
    {
        if (_array.Length > LargestKept)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
        }

        _isRented = false;
    }

    private void EnsureRoom(int size)
    {
        if (_array.Length - _cursor >= size)
            return;

        var needed = checked(_cursor + size);
        var usual = _array.Length == 0 ? UsualSize : (int)Math.Min(_array.Length * 2L, Array.MaxLength);
        var array = ArrayPool<byte>.Shared.Rent(Math.Max(needed, usual));
        _array.AsSpan(0, Math.Min(_cursor, _array.Length)).CopyTo(array);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);

        _array = array;
    }
}
