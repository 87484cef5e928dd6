using System.Net.WebSockets;

namespace Krait.Messaging;

/// <summary>Checks whether a message is text or binary.</summary>
internal static class FrameTypes
{
    /// <summary>Refuses a message that came in the other type of frame.</summary>
    public static void Demand(WebSocketMessageType expected, in ReceivedMessage message)
    {
        if (message.Type != expected)
            throw new InvalidMessageException(
                InvalidMessageKind.WrongFormat, $"Expected a {Name(expected)} frame, got a {Name(message.Type)} frame.");
    }

    private static string Name(WebSocketMessageType type) => type == WebSocketMessageType.Text ? "text" : "binary";
}
