using System.Buffers;

namespace Krait.Messaging;

/// <summary>Writes what is there as a whole already.</summary>
internal static class BufferWriterExtensions
{
    /// <summary>
    /// Writes bytes in one piece: <see cref="BuffersExtensions.Write{T}"/> takes the room that there is first, and has a large
    /// message moved each time the buffer grows.
    /// </summary>
    public static void WriteWhole(this IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
