using System.Buffers;

namespace Krait.Sockets.Connections;

/// <summary>Bytes that were written and that the kernel has not taken, in pooled arrays. Holds none while it is empty.</summary>
/// <remarks>
/// <code>
///    first                        last
///   |  sent  |   unsent     | ... |   unsent   |  free  |
///            ^ first.Start                     ^ last.End
/// </code>
/// Not thread-safe: for the writer of a connection, under its lock.
/// </remarks>
internal sealed class UnsentBytes(ArrayPool<byte> pool)
{
    private const int UsualSize = 4 * 1024;

    private Block? _first;
    private Block? _last;
    private Block? _spare;
    private bool _isLent; // a producer may be writing into the room of the last array

    /// <summary>How many bytes wait.</summary>
    public long Length { get; private set; }

    /// <summary>The first bytes that wait, in one piece; empty if none do.</summary>
    public ReadOnlyMemory<byte> Next => _first is null ? default : _first.Unsent;

    /// <summary>
    /// Lends room of at least <paramref name="size"/> bytes, and of at least one, until the next call of a producer.
    /// </summary>
    public Memory<byte> Lend(int size)
    {
        EndLoan();
        var room = GetRoom(size);
        _isLent = true;
        return room;
    }

    /// <summary>The producer no longer uses the room that it was lent.</summary>
    public void EndLoan() => _isLent = false;

    /// <summary>Call this after bytes were put into the room.</summary>
    public void Written(int count)
    {
        EndLoan();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _last?.Room.Length ?? 0);
        if (count == 0)
            return;

        _last!.End += count;
        Length += count;
    }

    /// <summary>Copies bytes to the end.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var room = GetRoom(1).Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            Written(count);
            bytes = bytes[count..];
        }
    }

    /// <summary>The kernel has taken bytes of <see cref="Next"/>.</summary>
    public void Sent(int count)
    {
        _first!.Start += count;
        Length -= count;
        while (_first is { IsSent: true } && !(_first == _last && _isLent))
            RemoveFirst();
    }

    /// <summary>Drops all bytes.</summary>
    public void Clear()
    {
        while (_first is not null)
            RemoveFirst();

        Length = 0;
    }

    private Memory<byte> GetRoom(int size)
    {
        if (_last is null || _last.Room.Length < Math.Max(size, 1))
            Append(Math.Max(size, UsualSize));

        return _last!.Room;
    }

    private void Append(int size)
    {
        if (_first is { IsSent: true } && _first == _last)
            RemoveFirst(); // else an empty array would come first, and be sent

        var block = _spare ?? new();
        _spare = null;
        block.Begin(pool.Rent(size));
        if (_last is null)
            _first = block;
        else
            _last.Next = block;

        _last = block;
    }

    private void RemoveFirst()
    {
        var block = _first!;
        var isLent = _isLent && block == _last;
        _first = block.Next;
        if (_first is null)
            _last = null;

        var array = block.Release();
        if (!isLent)
            pool.Return(array); // a lent one is left to its producer, and to the garbage collector

        _spare = block;
    }

    private sealed class Block
    {
        private byte[] _array = [];

        public int Start { get; set; }

        public int End { get; set; }

        public Block? Next { get; set; }

        public bool IsSent => Start == End;

        public ReadOnlyMemory<byte> Unsent => _array.AsMemory(Start, End - Start);

        public Memory<byte> Room => _array.AsMemory(End);

        public void Begin(byte[] array) => (_array, Start, End, Next) = (array, 0, 0, null);

        public byte[] Release()
        {
            var array = _array;
            (_array, Next) = ([], null);
            return array;
        }
    }
}
