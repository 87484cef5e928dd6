using System.Net.WebSockets;

namespace Krait;

/// <summary>The open connections of the application. A singleton service; thread-safe.</summary>
public interface IConnections
{
    /// <summary>The number of open connections on this server, of all controllers.</summary>
    int Count { get; }

    /// <summary>Finds a connection on this server by its id.</summary>
    /// <param name="connectionId">The id.</param>
    /// <returns>The connection; null if there is none, or it has ended.</returns>
    WebSocketConnection? Find(string connectionId);

    /// <summary>
    /// Lists the connections of a user on this server: those whose <see cref="WebSocketConnection.User"/> has that value in a
    /// claim of the type <see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/>. This looks at every connection.
    /// </summary>
    /// <param name="userId">The id of the user; case-sensitive.</param>
    IReadOnlyCollection<WebSocketConnection> OfUser(string userId);

    /// <summary>
    /// Closes all connections of a user, for example when the user is locked out. With a backplane, also those on other servers.
    /// </summary>
    /// <remarks>
    /// This does not close connections that open afterwards, so first revoke the user's access. If a server cannot reach the
    /// backplane, it closes the connections when it can again, within ten minutes. After that, it only logs a warning.
    /// </remarks>
    /// <param name="userId">The id of the user, 1 to 1,000 characters.</param>
    /// <param name="status">The close status.</param>
    /// <param name="reason">The text for the clients. Krait cuts it at a character to at most 123 bytes of UTF-8.</param>
    /// <param name="cancellationToken">Cancels the wait, not the closing.</param>
    /// <returns>
    /// A task that completes when the connections on this server have begun to close, and the backplane has told the other
    /// servers. It does not wait for clients.
    /// </returns>
    /// <exception cref="ArgumentException">The status may not be sent (RFC 6455, section 7.4), or the id is empty.</exception>
    /// <exception cref="RoomUnavailableException">
    /// The other servers cannot be reached; the connections on this one are closing nevertheless.
    /// </exception>
    ValueTask CloseUserAsync(
        string userId,
        WebSocketCloseStatus status = WebSocketCloseStatus.PolicyViolation,
        string? reason = null,
        CancellationToken cancellationToken = default);
}
