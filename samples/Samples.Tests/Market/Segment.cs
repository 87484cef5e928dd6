using System.Buffers;

namespace Samples.Tests.Market;

/// <summary>A part of a payload, as messages of several fragments have them.</summary>
internal sealed class Segment : ReadOnlySequenceSegment<byte>
{
    private Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

    /// <summary>Bytes in two parts.</summary>
    public static ReadOnlySequence<byte> Split(byte[] bytes, int at)
    {
        var second = new Segment(bytes.AsMemory(at)) { RunningIndex = at };
        var first = new Segment(bytes.AsMemory(0, at)) { Next = second };
        return new(first, 0, second, second.Memory.Length);
    }
}
