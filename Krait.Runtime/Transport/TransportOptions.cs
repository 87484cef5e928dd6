namespace Krait.Transport;

/// <summary>What a transport needs to know; the same for every connection of a controller.</summary>
internal sealed record TransportOptions
{
    /// <summary>The largest message, in bytes of payload, all fragments together.</summary>
    public required int MaxMessageSize { get; init; }

    /// <summary>Whether to agree to permessage-deflate where the client offers it.</summary>
    public bool Compression { get; init; }

    /// <summary>How often a silent peer is pinged.</summary>
    public required TimeSpan KeepAliveInterval { get; init; }

    /// <summary>How long a peer may take to answer a ping, counted only while it is being read from.</summary>
    public required TimeSpan KeepAliveTimeout { get; init; }

    /// <summary>How long sending may make no progress.</summary>
    public required TimeSpan SendTimeout { get; init; }

    /// <summary>Where time comes from.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>
    /// Has System.Net.WebSockets do the framing even where there is an upgraded stream: tests run on both sides of the seam this
    /// way.
    /// </summary>
    public bool PreferWebSocket { get; init; }
}
