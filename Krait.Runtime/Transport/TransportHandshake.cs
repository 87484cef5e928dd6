using Microsoft.AspNetCore.Http;

namespace Krait.Transport;

/// <summary>Recognizes requests to upgrade and turns accepted ones into transports.</summary>
internal static class TransportHandshake
{
    /// <summary>Accepts: sends the 101 (or 200 to an extended CONNECT) with the agreed subprotocol, and returns the transport.</summary>
    /// <exception cref="UpgradeLimitException">The server's own limit on upgraded connections is reached; nothing was sent.</exception>
    public static ValueTask<MessageTransport> AcceptAsync(HttpContext context, string? protocol, TransportOptions options) => throw new NotImplementedException();
}

/// <summary>The server takes no more upgraded connections.</summary>
internal sealed class UpgradeLimitException(Exception inner) : Exception(inner.Message, inner);
