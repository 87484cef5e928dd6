using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Krait.Transport;

/// <summary>The payload of close frames: a status and a reason (RFC 6455, sections 5.5.1 and 7.4).</summary>
internal static class ClosePayload
{
    /// <summary>Stands for a close frame without a status; never on the wire.</summary>
    public const int NoStatus = 1005;

    /// <summary>The longest payload, that of any control frame.</summary>
    public const int LargestSize = FrameHeader.LargestControlPayload;

    private const int StatusSize = 2;

    /// <summary>Reads the payload of a close frame that a client sent.</summary>
    public static TransportRead Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return TransportRead.Close(NoStatus, null);

        if (payload.Length < StatusSize)
            return TransportRead.Violation(CloseCause.ProtocolError, 1002, "The close frame has half a status.");

        var status = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!MayBeReceived(status))
            return TransportRead.Violation(CloseCause.ProtocolError, 1002, "The close status is not allowed.");

        var reason = payload[StatusSize..];
        if (!Utf8.IsValid(reason))
            return TransportRead.Violation(CloseCause.ProtocolError, 1007, "The close reason is not UTF-8.");

        return TransportRead.Close(status, reason.IsEmpty ? null : Encoding.UTF8.GetString(reason));
    }

    /// <summary>Writes a payload; a reason that is too long is cut at a character.</summary>
    /// <returns>How many bytes were written: none for <see cref="NoStatus"/>.</returns>
    public static int Write(Span<byte> payload, int status, string? reason)
    {
        if (status == NoStatus)
            return 0;

        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
        Utf8.FromUtf16(reason, payload[StatusSize..LargestSize], out _, out var written);
        return StatusSize + written;
    }

    /// <summary>Cuts a reason at a character so that it fits.</summary>
    public static string? Cut(string? reason)
    {
        Span<byte> fitting = stackalloc byte[LargestSize - StatusSize];
        Utf8.FromUtf16(reason, fitting, out var charsRead, out _);
        return reason?[..charsRead];
    }

    // 1012 to 1014 were registered with IANA after the RFC.
    private static bool MayBeReceived(int status) =>
        status is >= 1000 and <= 1003 or >= 1007 and <= 1014 or >= 3000 and <= 4999;
}
