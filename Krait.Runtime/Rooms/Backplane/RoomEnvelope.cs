using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace Krait.Rooms;

/// <summary>A message on its way between servers.</summary>
/// <remarks>
/// <code>
///   'K'  version  publisher  counter  codec  type  length  except  payload
///    1      1         8         8       8      1      1    length  the rest
/// </code>
/// Numbers are little-endian. A server skips and counts what has another version, so that servers of two versions can run at the
/// same time.
/// </remarks>
/// <param name="Publisher">A random number of the server and the room.</param>
/// <param name="Counter">Grows by one with each message of the publisher; the first is 1.</param>
/// <param name="Codec">The codec of the payload.</param>
/// <param name="Type">Text or Binary.</param>
/// <param name="Except">The id of the connection that does not get the message; null if all do.</param>
/// <param name="Payload">The encoded message.</param>
internal readonly record struct RoomEnvelope(
    ulong Publisher, ulong Counter, ulong Codec, WebSocketMessageType Type, string? Except, ReadOnlyMemory<byte> Payload)
{
    private const byte Magic = (byte)'K';
    private const byte Version = 1;
    private const int PublisherAt = 2;
    private const int CounterAt = 10;
    private const int CodecAt = 18;
    private const int TypeAt = 26;
    private const int LengthAt = 27;
    private const int HeaderSize = 28;

    /// <summary>Writes a message; <see cref="Number"/> follows when its turn comes.</summary>
    public static byte[] Write(ulong codec, WebSocketMessageType type, string? except, ReadOnlySpan<byte> payload)
    {
        var exceptSize = except is null ? 0 : Encoding.UTF8.GetByteCount(except);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exceptSize, byte.MaxValue, nameof(except));
        var bytes = new byte[HeaderSize + exceptSize + payload.Length];
        bytes[0] = Magic;
        bytes[1] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(CodecAt), codec);
        bytes[TypeAt] = (byte)type;
        bytes[LengthAt] = (byte)exceptSize;
        if (except is not null)
            Encoding.UTF8.GetBytes(except, bytes.AsSpan(HeaderSize));

        payload.CopyTo(bytes.AsSpan(HeaderSize + exceptSize));
        return bytes;
    }

    /// <summary>Gives a written message its number.</summary>
    public static void Number(byte[] envelope, ulong publisher, ulong counter)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(envelope.AsSpan(PublisherAt), publisher);
        BinaryPrimitives.WriteUInt64LittleEndian(envelope.AsSpan(CounterAt), counter);
    }

    /// <summary>Whether a server of some version of Krait has written this.</summary>
    public static bool IsOfKrait(ReadOnlySpan<byte> bytes) => bytes is [Magic, ..];

    /// <summary>Reads a message. False if it has another version, or comes from another program.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out RoomEnvelope envelope)
    {
        envelope = default;
        var span = bytes.Span;
        if (span.Length < HeaderSize || span[0] != Magic || span[1] != Version)
            return false;

        if (span[TypeAt] > (byte)WebSocketMessageType.Binary)
            return false;

        var payloadAt = HeaderSize + span[LengthAt];
        if (span.Length < payloadAt)
            return false;

        var except = span[LengthAt] == 0 ? null : Encoding.UTF8.GetString(span[HeaderSize..payloadAt]);
        envelope = new(
            BinaryPrimitives.ReadUInt64LittleEndian(span[PublisherAt..]),
            BinaryPrimitives.ReadUInt64LittleEndian(span[CounterAt..]),
            BinaryPrimitives.ReadUInt64LittleEndian(span[CodecAt..]),
            (WebSocketMessageType)span[TypeAt],
            except,
            bytes[payloadAt..]);
        return true;
    }
}
