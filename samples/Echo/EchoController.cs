using Krait;

namespace Echo;

/// <summary>Sends every message back as it came, text as text and binary as binary.</summary>
[WebSocketController("/echo", MaxMessageSize = 32 * 1024 * 1024)]
public sealed partial class EchoController
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;
}
