using System.Buffers;
using System.Diagnostics;

namespace Krait.Transport;

/// <summary>
/// A piece of the output that waits: whole frames in an array, or one message that connections share and that is not framed yet.
/// </summary>
/// <remarks>
/// The segment owns an array of the pool, and the holder of the segment returns it once. No segment owns the array of a
/// shared frame.
/// <code>
/// |  sent  |  frame  frame  frame  |  room for more  |
///          Start                   End
/// </code>
/// </remarks>
internal struct OutputSegment
{
    private object? _memory;
    private int _start;
    private int _end;

    /// <summary>Takes frames in an array of the pool.</summary>
    public OutputSegment(byte[] array, int start, int end)
    {
        Debug.Assert(start <= end && end <= array.Length);
        _memory = array;
        _start = start;
        _end = end;
    }

    /// <summary>Takes a message that connections share.</summary>
    /// <param name="message">The message.</param>
    /// <param name="mayCompress">Whether it may be compressed on a connection with compression.</param>
    /// <param name="isFanOut">Whether a room sends it.</param>
    public OutputSegment(SharedMessage message, bool mayCompress, bool isFanOut = false)
    {
        _memory = message;
        MayCompress = mayCompress;
        IsFanOut = isFanOut;
        _end = message.Length;
    }

    /// <summary>The message that connections share, if this is one: it is not framed yet.</summary>
    public readonly SharedMessage? Shared => _memory as SharedMessage;

    /// <summary>Whether a shared message may be compressed on a connection with compression.</summary>
    public readonly bool MayCompress { get; }

    /// <summary>Whether a room sends the message.</summary>
    public readonly bool IsFanOut { get; }

    /// <summary>Whether the array is not the segment's: it may be read only, and is not given back.</summary>
    private bool IsBorrowed { get; init; }

    /// <summary>How many bytes wait, headers included.</summary>
    public readonly int Length => _end - _start;

    /// <summary>How many bytes the segment's own array has.</summary>
    public readonly int Capacity => IsBorrowed ? 0 : (_memory as byte[])?.Length ?? 0;

    /// <summary>The frames that wait; not of a shared message.</summary>
    public readonly ReadOnlyMemory<byte> Unsent => new((byte[])_memory!, _start, Length);

    /// <summary>Takes a frame that connections share.</summary>
    public static OutputSegment Borrow(byte[] frame) => new(frame, 0, frame.Length) { IsBorrowed = true };

    /// <summary>Copies frames into an array of the pool.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="capacity">How large the array is at least.</param>
    public static OutputSegment CopyOf(in OutputSegment frames, int capacity)
    {
        var array = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, frames.Length));
        frames.Unsent.Span.CopyTo(array);
        return new(array, 0, frames.Length);
    }

    /// <summary>Copies frames behind the ones that are here, if there is room.</summary>
    public bool TryAdd(in OutputSegment frames)
    {
        if (_memory is not byte[] array
            || IsBorrowed
            || frames._memory is not byte[] other
            || array.Length - _end < frames.Length)
            return false;

        other.AsSpan(frames._start, frames.Length).CopyTo(array.AsSpan(_end));
        _end += frames.Length;
        return true;
    }

    /// <summary>Takes note that bytes were sent.</summary>
    public void Sent(int count)
    {
        _start += count;
        Debug.Assert(_start <= _end);
    }

    /// <summary>Forgets everything, and gives the array back.</summary>
    public void Release()
    {
        if (_memory is byte[] array && !IsBorrowed)
            ArrayPool<byte>.Shared.Return(array);

        this = default;
    }
}
