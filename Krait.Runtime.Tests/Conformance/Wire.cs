namespace Krait.Runtime.Tests.Conformance;

/// <summary>What carries the bytes of a conformance case.</summary>
public enum Wire
{
    /// <summary>HTTP/1.1 on TCP.</summary>
    Http1,

    /// <summary>HTTP/1.1 on TLS.</summary>
    Tls,

    /// <summary>A stream of HTTP/2 (RFC 8441), without TLS.</summary>
    Http2,

    /// <summary>HTTP/1.1 where permessage-deflate was agreed on (RFC 7692), and a client that compresses nothing itself.</summary>
    CompressedAnswers,

    /// <summary>HTTP/1.1 where permessage-deflate was agreed on, each message by itself, and a client that compresses whatever is whole.</summary>
    Compressed,
}
