using System.Buffers;
using System.Diagnostics;

namespace Krait.Sockets.Connections;

/// <summary>The bytes that were received and not consumed, in pooled arrays. Holds none while it is empty.</summary>
/// <remarks>
/// <code>
///    first                        last
///   |consumed|  unconsumed  | ... |  unconsumed  |  free  |
///            ^ _start                            ^ last.End
/// </code>
/// Not thread-safe: for the reader of a connection.
/// </remarks>
internal sealed class ReceivedBytes
{
    // One receive takes what a burst of a client brings. The array is given back at once, so all connections of a loop use the same.
    private const int UsualSize = 64 * 1024;

    // What a slow client has left behind, such as half a request, must not hold so much.
    private const int RestSize = 4 * 1024;

    private const int WorthReceiving = 2048;

    private ReceivedSegment? _first;
    private ReceivedSegment? _last;
    private ReceivedSegment? _spare;
    private int _start;
    private bool _isExamined = true;

    /// <summary>Whether there are bytes that the consumer has not examined.</summary>
    public bool HasNew => !_isExamined;

    /// <summary>All bytes.</summary>
    public ReadOnlySequence<byte> Sequence => _first is null ? default : new(_first, _start, _last!, _last!.End);

    /// <summary>Returns room to receive into.</summary>
    public Span<byte> GetRoom()
    {
        if (_last is null || _last.Room.Length < WorthReceiving)
            Append(UsualSize);

        return _last!.Room.Span;
    }

    /// <summary>Call this after a receive.</summary>
    /// <param name="count">How many bytes came; 0 gives the room back.</param>
    public void Received(int count)
    {
        _last!.Extend(count);
        if (count > 0)
            _isExamined = false;
        else if (_first == _last && _start == _last.End)
            Clear();
    }

    /// <summary>Gives consumed arrays back.</summary>
    public void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_first is null)
            return;

        _isExamined = examined.GetObject() == _last && examined.GetInteger() == _last!.End;
        var (segment, index) = ((ReceivedSegment?)consumed.GetObject(), consumed.GetInteger());
        Debug.Assert(segment is not null, "A position is always one of the sequence that was given out.");
        while (_first != segment)
            RemoveFirst();

        _start = index;
        if (_first != _last)
            return;

        if (_start == _last!.End)
            Clear();
        else if (_isExamined && _last.End - _start <= RestSize && _last.Size > RestSize)
            MoveRest();
    }

    /// <summary>Gives everything back.</summary>
    public void Clear()
    {
        while (_first is not null)
            RemoveFirst();

        _isExamined = true;
    }

    private void MoveRest()
    {
        var rest = ArrayPool<byte>.Shared.Rent(RestSize);
        var length = _last!.End - _start;
        _last.Memory.Span.Slice(_start, length).CopyTo(rest);
        ArrayPool<byte>.Shared.Return(_last.Release());
        _last.Begin(rest, after: null);
        _last.Extend(length);
        _start = 0;
    }

    private void Append(int size)
    {
        var segment = _spare ?? new();
        _spare = null;
        segment.Begin(ArrayPool<byte>.Shared.Rent(size), after: _last);
        _last = segment;
        if (_first is null)
            (_first, _start) = (segment, 0);
    }

    private void RemoveFirst()
    {
        var segment = _first!;
        _first = (ReceivedSegment?)segment.Next;
        if (_first is null)
            _last = null;

        _start = 0;
        ArrayPool<byte>.Shared.Return(segment.Release());
        _spare = segment;
    }
}

/// <summary>One array of <see cref="ReceivedBytes"/>.</summary>
internal sealed class ReceivedSegment : ReadOnlySequenceSegment<byte>
{
    private byte[] _array = [];

    /// <summary>The end of the bytes.</summary>
    public int End { get; private set; }

    /// <summary>The size of the array.</summary>
    public int Size => _array.Length;

    /// <summary>The free part.</summary>
    public Memory<byte> Room => _array.AsMemory(End);

    public void Begin(byte[] array, ReceivedSegment? after)
    {
        _array = array;
        (End, Memory, Next) = (0, default, null);
        RunningIndex = 0;
        if (after is not null)
        {
            after.Next = this;
            RunningIndex = after.RunningIndex + after.End;
        }
    }

    public void Extend(int count)
    {
        End += count;
        Memory = _array.AsMemory(0, End);
    }

    public byte[] Release()
    {
        var array = _array;
        (_array, Memory, Next) = ([], default, null);
        return array;
    }
}
