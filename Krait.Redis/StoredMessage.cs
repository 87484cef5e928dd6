using System.Text;
using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>Reads the messages that <see cref="RoomScripts"/> store and deliver.</summary>
/// <remarks>
/// <code>
///   length  position  length  previous  payload
///     1      length     1      length   the rest
/// </code>
/// </remarks>
internal static class StoredMessage
{
    /// <summary>Reads a delivered message. False if another program has sent it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out BackplaneMessage message)
    {
        message = default;
        if (!TryReadText(ref bytes, out var position) || position is null || !TryReadText(ref bytes, out var previous))
            return false;

        message = new(bytes, position, previous);
        return true;
    }

    /// <summary>Reads stored messages, and returns them oldest first.</summary>
    public static BackplaneMessage[] ReadAll(RedisResult newestFirst)
    {
        var messages = new BackplaneMessage[newestFirst.Length];
        for (var i = 0; i < messages.Length; i++)
            messages[^(i + 1)] = Read(newestFirst[i]);

        return messages;
    }

    private static BackplaneMessage Read(RedisResult entry)
    {
        var fields = entry[1];
        var previous = (string?)fields[1];
        return new((byte[]?)fields[3], (string?)entry[0], string.IsNullOrEmpty(previous) ? null : previous);
    }

    private static bool TryReadText(ref ReadOnlyMemory<byte> bytes, out string? text)
    {
        text = null;
        if (bytes.IsEmpty || bytes.Length <= bytes.Span[0])
            return false;

        var length = bytes.Span[0];
        if (length > 0)
            text = Encoding.ASCII.GetString(bytes.Span.Slice(1, length));

        bytes = bytes[(1 + length)..];
        return true;
    }
}
