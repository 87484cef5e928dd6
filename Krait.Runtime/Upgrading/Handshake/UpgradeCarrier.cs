namespace Krait.Upgrading;

/// <summary>How a request asks to become a WebSocket connection.</summary>
internal enum UpgradeCarrier
{
    /// <summary>The request does not ask for a WebSocket, or the server does not support it.</summary>
    None,

    /// <summary><c>GET</c> with <c>Upgrade: websocket</c> (RFC 6455, section 4.1).</summary>
    Http1,

    /// <summary>Extended <c>CONNECT</c> with <c>:protocol = websocket</c> (RFC 8441, section 4).</summary>
    Http2,

    /// <summary>The server does its own framing: TestServer, or servers without an upgraded stream.</summary>
    WebSocketFeature,
}
