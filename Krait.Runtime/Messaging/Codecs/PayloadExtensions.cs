using System.Buffers;

namespace Krait.Messaging;

/// <summary>Payloads as one piece.</summary>
internal static class PayloadExtensions
{
    /// <summary>Returns the payload without a copy where it lies in one buffer.</summary>
    public static ReadOnlyMemory<byte> AsMemory(this in ReadOnlySequence<byte> payload) =>
        payload.IsSingleSegment ? payload.First : payload.ToArray();
}
