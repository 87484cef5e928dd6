using System.Net.WebSockets;

namespace Krait;

/// <summary>A message that can be text or binary, for bridges and echoes.</summary>
/// <param name="type">Text or Binary.</param>
/// <param name="payload">The payload; UTF-8 if <paramref name="type"/> is Text.</param>
public readonly struct RawMessage(WebSocketMessageType type, ReadOnlyMemory<byte> payload)
{
    /// <summary>Text or Binary.</summary>
    public WebSocketMessageType Type { get; } = type;

    /// <summary>The payload. In Event delivery, it is valid until the handler returns; copy it to keep it longer.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = payload;
}
