namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>What carries the connections of a test.</summary>
public enum Carrier
{
    /// <summary>Kestrel, HTTP/1.1: <c>Upgrade: websocket</c>.</summary>
    Http1,

    /// <summary>Kestrel, HTTP/2: extended CONNECT.</summary>
    Http2,

    /// <summary>Kestrel, HTTP/1.1, as a server that has no upgraded streams: System.Net.WebSockets does the framing.</summary>
    Http1WithoutStream,

    /// <summary>TestServer.</summary>
    InMemory,
}
