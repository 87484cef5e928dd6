namespace Krait.Transport;

/// <summary>The options of a transport; the same for every connection of a controller.</summary>
internal sealed record TransportOptions
{
    /// <summary>The largest message, in bytes of payload, all fragments together.</summary>
    public required int MaxMessageSize { get; init; }

    /// <summary>Whether to accept permessage-deflate if the client offers it.</summary>
    public bool Compression { get; init; }

    /// <summary>The interval of pings to a silent peer.</summary>
    public required TimeSpan KeepAliveInterval { get; init; }

    /// <summary>How long a peer may take to answer a ping. Time in which the server does not read does not count.</summary>
    public required TimeSpan KeepAliveTimeout { get; init; }

    /// <summary>How long sending may make no progress.</summary>
    public required TimeSpan SendTimeout { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>
    /// Uses System.Net.WebSockets for framing even if there is an upgraded stream, so that tests can run with both transports.
    /// </summary>
    public bool PreferWebSocket { get; init; }
}
