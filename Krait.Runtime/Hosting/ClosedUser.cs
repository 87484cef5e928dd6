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
/// The time is in milliseconds since 1970, UTC.
/// </remarks>
/// <param name="UserId">The id of the user.</param>
/// <param name="Status">The close status.</param>
/// <param name="Reason">The text for the clients.</param>
/// <param name="Ordered">The time of the order, by the clock of the server that sent it.</param>
internal readonly record struct ClosedUser(string UserId, int Status, string? Reason, DateTimeOffset Ordered)
{
    /// <summary>
    /// How much the clocks of two servers may differ. A connection that opened at most this long after the order is closed, too.
    /// </summary>
    public static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(5);

    private const int StatusAt = 8;
    private const int LengthAt = 10;
    private const int HeaderSize = 12;

    private static readonly ulong s_codec = StableHash.Of("krait/close user");
    private static readonly long s_latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Whether to close a connection whose request came at a time.</summary>
    public bool Includes(DateTimeOffset began) => began - Ordered <= ClockMargin;

    /// <summary>Writes the order into an envelope.</summary>
    public byte[] Write()
    {
        var user = Encoding.UTF8.GetBytes(UserId);
        var writer = new ArrayBufferWriter<byte>();
        var header = writer.GetSpan(HeaderSize);
        BinaryPrimitives.WriteInt64LittleEndian(header, Ordered.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt16LittleEndian(header[StatusAt..], (ushort)Status);
        BinaryPrimitives.WriteUInt16LittleEndian(header[LengthAt..], checked((ushort)user.Length));
        writer.Advance(HeaderSize);
        writer.Write(user);
        writer.Write(Encoding.UTF8.GetBytes(Reason ?? ""));
        return RoomEnvelope.Write(s_codec, WebSocketMessageType.Binary, except: null, writer.WrittenSpan);
    }

    /// <summary>Reads a payload. False if it is malformed, or something else.</summary>
    public static bool TryRead(ulong codec, ReadOnlySpan<byte> payload, out ClosedUser user)
    {
        user = default;
        if (codec != s_codec || payload.Length < HeaderSize)
            return false;

        var time = BinaryPrimitives.ReadInt64LittleEndian(payload);
        var status = BinaryPrimitives.ReadUInt16LittleEndian(payload[StatusAt..]);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(payload[LengthAt..]);
        if (time < 0 || time > s_latest || payload.Length < HeaderSize + length || !CloseFrame.IsOfTheWire(status))
            return false;

        var reason = payload[(HeaderSize + length)..];
        user = new(
            Encoding.UTF8.GetString(payload.Slice(HeaderSize, length)),
            status,
            reason.IsEmpty ? null : Encoding.UTF8.GetString(reason),
            DateTimeOffset.FromUnixTimeMilliseconds(time));
        return true;
    }
}
