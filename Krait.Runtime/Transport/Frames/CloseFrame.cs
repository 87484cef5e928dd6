using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Unicode;

namespace Krait.Transport;

/// <summary>A close frame: the statuses it may carry, and its payload (RFC 6455, sections 5.5.1 and 7.4).</summary>
internal static class CloseFrame
{
    /// <summary>The peer's close frame has no status. Never on the wire.</summary>
    public const WebSocketCloseStatus NoStatus = WebSocketCloseStatus.Empty;

    /// <summary>Neither side sent a close frame. Never on the wire.</summary>
    public const WebSocketCloseStatus Abnormal = (WebSocketCloseStatus)1006;

    /// <summary>The server cannot serve the client at the moment: the code "Try Again Later" of IANA's registry.</summary>
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    /// <summary>The server restarts, and the client may come back: the code "Service Restart" of IANA's registry.</summary>
    public const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012;

    /// <summary>The longest payload, in bytes: that of any control frame.</summary>
    public const int LargestPayload = FrameHeader.LargestControlPayload;

    private const int StatusSize = 2;

    /// <summary>Refuses a status that may not be on the wire.</summary>
    /// <exception cref="ArgumentException">The status is reserved, undefined, or out of range.</exception>
    public static void Demand(int status)
    {
        if (!IsOfTheWire(status))
        {
            throw new ArgumentException(
                $"The close status {status} may not be sent: use 1000 to 1003, 1007 to 1014, or 3000 to 4999 "
                + "(RFC 6455, section 7.4).",
                nameof(status));
        }
    }

    /// <summary>Cuts a reason at a character so that it fits into a close frame.</summary>
    public static string? Cut(string? reason)
    {
        Span<byte> fitting = stackalloc byte[LargestPayload - StatusSize];
        Utf8.FromUtf16(reason, fitting, out var charsRead, out _);
        return reason?[..charsRead];
    }

    /// <summary>Reads the payload of a close frame that a client sent.</summary>
    public static TransportRead Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return TransportRead.Close(NoStatus, null);

        if (payload.Length < StatusSize)
            return TransportRead.ProtocolError("The close frame has half a status.");

        var status = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!IsOfTheWire(status))
            return TransportRead.ProtocolError("The close status is not allowed.");

        var reason = payload[StatusSize..];
        if (!Utf8.IsValid(reason))
            return TransportRead.InvalidPayload("The close reason is not UTF-8.");

        return TransportRead.Close((WebSocketCloseStatus)status, reason.IsEmpty ? null : Encoding.UTF8.GetString(reason));
    }

    /// <summary>Writes the payload of a close frame.</summary>
    /// <param name="payload">The destination: at least <see cref="LargestPayload"/> bytes.</param>
    /// <param name="status">The status; <see cref="NoStatus"/> writes nothing.</param>
    /// <param name="reason">The reason, which must fit: see <see cref="Cut"/>.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> payload, WebSocketCloseStatus status, string? reason)
    {
        if (status == NoStatus)
            return 0;

        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
        Utf8.FromUtf16(reason, payload[StatusSize..LargestPayload], out var charsRead, out var written);
        Debug.Assert(charsRead == (reason?.Length ?? 0), "Cut a reason where it is chosen, so that CloseInfo has the same.");
        return StatusSize + written;
    }

    // 1012 to 1014 were registered with IANA after the RFC.
    public static bool IsOfTheWire(int status) =>
        status is >= 1000 and <= 1003 or >= 1007 and <= 1014 or >= 3000 and <= 4999;
}
