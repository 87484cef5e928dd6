using System.Net.WebSockets;
using System.Text;

namespace Krait.Controllers;

/// <summary>Close statuses and reasons as RFC 6455, sections 5.5.1 and 7.4, allows them on the wire.</summary>
internal static class CloseStatuses
{
    /// <summary>No close frame went either way.</summary>
    public const WebSocketCloseStatus Abnormal = (WebSocketCloseStatus)1006;

    /// <summary>The host is going away.</summary>
    public const WebSocketCloseStatus GoingAway = WebSocketCloseStatus.EndpointUnavailable;

    private const int MaxReasonBytes = 123; // a control frame carries 125 bytes, two of them the status

    /// <summary>Refuses a status that may not be sent.</summary>
    /// <exception cref="ArgumentException">It is reserved, undefined, or out of range.</exception>
    public static void Demand(int status)
    {
        if (status is not ((>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999)))
        {
            throw new ArgumentException(
                $"The close status {status} may not be sent: use 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455, section 7.4).", nameof(status));
        }
    }

    /// <summary>Cuts a reason to what a close frame can carry, at a character.</summary>
    public static string? Cut(string? reason)
    {
        if (reason is null || Encoding.UTF8.GetByteCount(reason) <= MaxReasonBytes)
            return reason;

        var bytes = 0;
        var length = 0;
        foreach (var rune in reason.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxReasonBytes)
                break;

            length += rune.Utf16SequenceLength;
        }

        return reason[..length];
    }

    /// <summary>The status that answers an invalid message which no handler takes.</summary>
    public static CloseInfo Answer(InvalidMessageException error)
    {
        var (status, reason, cause) = error.Kind switch
        {
            InvalidMessageKind.TooLarge => (WebSocketCloseStatus.MessageTooBig, "The message is too large.", CloseCause.MessageTooLarge),
            InvalidMessageKind.WrongFormat => (WebSocketCloseStatus.InvalidMessageType, "This type of frame is not accepted.", CloseCause.InvalidMessage),
            InvalidMessageKind.UnknownType => (WebSocketCloseStatus.InvalidPayloadData, "The type of the message is not known.", CloseCause.InvalidMessage),
            _ => (WebSocketCloseStatus.InvalidPayloadData, "The message is malformed.", CloseCause.InvalidMessage),
        };
        return new(status, reason, cause) { Error = error };
    }
}
