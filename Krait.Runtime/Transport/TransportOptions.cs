namespace Krait.Transport;

/// <summary>What a transport needs to know; the same for every connection of a controller.</summary>
internal sealed record TransportOptions
{
    /// <summary>The largest message, in bytes of payload, all fragments together.</summary>
    public required int MaxMessageSize { get; init; }

    /// <summary>How often a silent peer is pinged.</summary>
    public required TimeSpan KeepAliveInterval { get; init; }

    /// <summary>How long a peer may take to answer a ping, counted only while it is being read from.</summary>
    public required TimeSpan KeepAliveTimeout { get; init; }

    /// <summary>How long sending may make no progress.</summary>
    public required TimeSpan SendTimeout { get; init; }

    public required TimeProvider TimeProvider { get; init; }
}
