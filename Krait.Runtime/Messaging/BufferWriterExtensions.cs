using System.Buffers;

namespace Krait.Messaging;

/// <summary>Writes complete payloads.</summary>
internal static class BufferWriterExtensions
{
    /// <summary>
    /// Writes bytes in one piece. <see cref="BuffersExtensions.Write{T}"/> would fill the free room first, and then move a large
    /// message each time the buffer grows.
    /// </summary>
    public static void WriteWhole(this IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
