using System.Net.WebSockets;

namespace Krait.Controllers;

/// <summary>Closes a connection whose client sent an invalid message that no handler takes.</summary>
internal static class InvalidMessageAnswer
{
    /// <summary>Returns the close that answers the message.</summary>
    public static CloseInfo To(InvalidMessageException error)
    {
        var (status, reason, cause) = error.Kind switch
        {
            InvalidMessageKind.TooLarge =>
                (WebSocketCloseStatus.MessageTooBig, "The message is too large.", CloseCause.MessageTooLarge),
            InvalidMessageKind.WrongFormat =>
                (WebSocketCloseStatus.InvalidMessageType, "This type of frame is not accepted.", CloseCause.InvalidMessage),
            InvalidMessageKind.UnknownType =>
                (WebSocketCloseStatus.InvalidPayloadData, "The type of the message is not known.", CloseCause.InvalidMessage),
            _ =>
                (WebSocketCloseStatus.InvalidPayloadData, "The message is malformed.", CloseCause.InvalidMessage),
        };
        return new(status, reason, cause) { Error = error };
    }
}
