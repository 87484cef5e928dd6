namespace Krait.Telemetry;

/// <summary>Why a request did not become a connection, for metrics.</summary>
internal enum RefusalReason
{
    /// <summary>It does not ask for a WebSocket.</summary>
    NotWebSocket,

    /// <summary>It asks for one in a way that the standard forbids.</summary>
    InvalidHandshake,

    /// <summary>It brings a token among its subprotocols in a way that cannot be read.</summary>
    Bearer,

    /// <summary>It comes from a foreign page.</summary>
    Origin,

    /// <summary>It offers no subprotocol that the controller speaks.</summary>
    Protocol,

    /// <summary>A value of the request cannot be read.</summary>
    InvalidValue,

    /// <summary>[OnUpgrade] denied it.</summary>
    Denied,

    /// <summary>The server has as many connections as it may have.</summary>
    ConnectionLimit,

    /// <summary>The server is stopping.</summary>
    Draining,

    /// <summary>The server failed.</summary>
    ServerError,
}
