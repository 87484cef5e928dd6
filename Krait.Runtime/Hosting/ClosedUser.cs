using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using Krait.Rooms;
using Krait.Transport;

namespace Krait.Hosting;

/// <summary>A user whose connections are to be closed, on the way to other servers.</summary>
/// <remarks>
/// <code>
///   time  status  length  user id  reason
///     8      2       2     length   the rest
/// </code>
/// The time is in milliseconds since 1970, UTC. Servers of older versions leave it out, and have another codec.
/// </remarks>
/// <param name="UserId">The id of the user.</param>
/// <param name="Status">The close status.</param>
/// <param name="Reason">The text for the clients.</param>
/// <param name="Ordered">When the order was given, by the clock of the server that sent it; null if that is unknown.</param>
internal readonly record struct ClosedUser(string UserId, int Status, string? Reason, DateTimeOffset? Ordered = null)
{
    /// <summary>
    /// How much the clocks of two servers may differ. A connection that opened this long after the order is closed all the same.
    /// </summary>
    public static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(5);

    /// <summary>The codec of orders without a time.</summary>
    public static readonly ulong CodecWithoutTime = StableHash.Of("krait/close user");

    private const int TimeSize = 8;
    private const int HeaderSize = 4;

    private static readonly ulong s_codec = StableHash.Of("krait/close user at");
    private static readonly long s_latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Whether a connection is to be closed whose request came at a time.</summary>
    public bool Includes(DateTimeOffset began) => Ordered is not { } ordered || began - ordered <= ClockMargin;

    /// <summary>Writes the order into an envelope. It must have a time.</summary>
    public byte[] Write()
    {
        var user = Encoding.UTF8.GetBytes(UserId);
        var writer = new ArrayBufferWriter<byte>();
        var header = writer.GetSpan(TimeSize + HeaderSize);
        BinaryPrimitives.WriteInt64LittleEndian(header, Ordered!.Value.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt16LittleEndian(header[TimeSize..], (ushort)Status);
        BinaryPrimitives.WriteUInt16LittleEndian(header[(TimeSize + 2)..], checked((ushort)user.Length));
        writer.Advance(TimeSize + HeaderSize);
        writer.Write(user);
        writer.Write(Encoding.UTF8.GetBytes(Reason ?? ""));
        return RoomEnvelope.Write(s_codec, WebSocketMessageType.Binary, except: null, writer.WrittenSpan);
    }

    /// <summary>Reads a payload. False if it is malformed, or something else.</summary>
    public static bool TryRead(ulong codec, ReadOnlySpan<byte> payload, out ClosedUser user)
    {
        user = default;
        if (codec == CodecWithoutTime)
            return TryRead(payload, ordered: null, out user);

        if (codec != s_codec || payload.Length < TimeSize)
            return false;

        var time = BinaryPrimitives.ReadInt64LittleEndian(payload);
        return time >= 0 && time <= s_latest
            && TryRead(payload[TimeSize..], DateTimeOffset.FromUnixTimeMilliseconds(time), out user);
    }

    private static bool TryRead(ReadOnlySpan<byte> payload, DateTimeOffset? ordered, out ClosedUser user)
    {
        user = default;
        if (payload.Length < HeaderSize)
            return false;

        var length = BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]);
        var status = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        if (payload.Length < HeaderSize + length || !CloseFrame.IsOfTheWire(status))
            return false;

        var reason = payload[(HeaderSize + length)..];
        user = new(
            Encoding.UTF8.GetString(payload.Slice(HeaderSize, length)),
            status,
            reason.IsEmpty ? null : Encoding.UTF8.GetString(reason),
            ordered);
        return true;
    }
}
