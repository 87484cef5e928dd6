namespace Krait.Transport;

/// <summary>The output that waits to be sent, in order. Not thread-safe.</summary>
/// <remarks>
/// Small frames are copied next to each other, so that a batch leaves in one write. Large ones stay in their arrays, and shared
/// messages are references. While nothing waits, no array is held.
/// </remarks>
internal sealed class OutputQueue
{
    /// <summary>Frames over this size are not copied.</summary>
    public const int LargestCopied = 16 * 1024;

    private const int SmallestWindow = 4 * 1024;
    private const int LargestWindow = 64 * 1024;

    private Queue<OutputSegment>? _first; // made when one segment is not enough for the first time
    private OutputSegment _last;
    private int _run; // bytes appended since the queue was empty
    private int _lastRun;

    public bool IsEmpty => _last.Length == 0;

    /// <summary>Whether there is enough for a separate write.</summary>
    public bool IsLong => !IsEmpty && _run == LargestWindow;

    /// <summary>Whether the next segment is a shared message.</summary>
    public bool IsSharedNext => (_first is { Count: > 0 } ? _first.Peek() : _last).Shared is not null;

    /// <summary>Appends frames, or a shared message.</summary>
    /// <returns>Whether the queue owns the segment now; false if it was copied and the caller still owns it.</returns>
    public bool Append(in OutputSegment segment)
    {
        var isFirst = IsEmpty;
        _run = (int)Math.Min(isFirst ? segment.Length : (long)_run + segment.Length, LargestWindow);
        if (segment.Length <= LargestCopied && _last.TryAdd(segment))
            return false;

        var window = WindowFor(segment.Length, isFirst);
        if (!isFirst)
            (_first ??= new()).Enqueue(_last);

        if (segment.Shared is null && segment.Length <= LargestCopied)
        {
            _last = OutputSegment.CopyOf(segment, window);
            return false;
        }

        _last = segment;
        return true;
    }

    /// <summary>Takes the next segment.</summary>
    public OutputSegment Take()
    {
        if (_first is not null && _first.TryDequeue(out var segment))
            return segment;

        segment = _last;
        _last = default;
        _lastRun = _run; // batches are often alike, so start the next one with as much room
        return segment;
    }

    /// <summary>Drops everything, and gives all arrays back.</summary>
    public void Clear()
    {
        while (!IsEmpty)
        {
            var segment = Take();
            segment.Release();
        }
    }

    // Only the first array is large from the start, because between shared messages each small frame gets a separate one.
    private int WindowFor(int length, bool isFirst)
    {
        var usual = isFirst ? Math.Max(SmallestWindow, _lastRun) : 4L * _last.Capacity;
        return (int)Math.Min(Math.Max(4L * length, usual), LargestWindow);
    }
}
