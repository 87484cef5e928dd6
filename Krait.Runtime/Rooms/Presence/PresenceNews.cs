using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace Krait.Rooms;

/// <summary>Changed entries, on their way to other servers.</summary>
/// <remarks>
/// The payload of a <see cref="RoomEnvelope"/>, whose version is also that of this:
/// <code>
///   ( length  server  length  connection  length  payload )*
///       1     length     1      length      4     length
/// </code>
/// The length of the payload is -1 if the member is gone.
/// </remarks>
internal static class PresenceNews
{
    /// <summary>The codec of the envelope.</summary>
    public static readonly ulong Codec = StableHash.Of("krait/presence");

    public static byte[] Write(IReadOnlyList<PresenceEntry> entries)
    {
        var writer = new ArrayBufferWriter<byte>(256);
        foreach (var (server, connection, payload) in entries)
        {
            WriteText(writer, server);
            WriteText(writer, connection);
            BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), payload?.Length ?? -1);
            writer.Advance(sizeof(int));
            writer.Write((payload ?? default).Span);
        }

        return RoomEnvelope.Write(Codec, WebSocketMessageType.Binary, except: null, writer.WrittenSpan);
    }

    /// <summary>Reads the payload of an envelope. False if another program has written it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> payload, out List<PresenceEntry> entries)
    {
        entries = [];
        while (!payload.IsEmpty)
        {
            if (!TryReadText(ref payload, out var server)
                || !TryReadText(ref payload, out var connection)
                || !TryReadMember(ref payload, out var member))
            {
                return false;
            }

            entries.Add(new(server, connection, member));
        }

        return true;
    }

    private static void WriteText(ArrayBufferWriter<byte> writer, string text)
    {
        var span = writer.GetSpan(1 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, span[1..]);
        span[0] = checked((byte)length);
        writer.Advance(1 + length);
    }

    private static bool TryReadText(ref ReadOnlyMemory<byte> bytes, out string text)
    {
        text = "";
        if (bytes.IsEmpty || bytes.Length <= bytes.Span[0])
            return false;

        var length = bytes.Span[0];
        text = Encoding.UTF8.GetString(bytes.Span.Slice(1, length));
        bytes = bytes[(1 + length)..];
        return true;
    }

    private static bool TryReadMember(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte>? member)
    {
        member = null;
        if (bytes.Length < sizeof(int))
            return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        bytes = bytes[sizeof(int)..];
        if (length < 0)
            return true;
        if (length > bytes.Length)
            return false;

        member = bytes[..length];
        bytes = bytes[length..];
        return true;
    }
}
