using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>An encoded message that many connections send: each of them holds a reference until it frames the message.</summary>
/// <param name="type">Text or Binary.</param>
/// <param name="payload">Its payload, which must not change.</param>
internal class SharedMessage(WebSocketMessageType type, ReadOnlyMemory<byte> payload)
{
    public WebSocketMessageType Type => type;

    public ReadOnlyMemory<byte> Payload => payload;
}
