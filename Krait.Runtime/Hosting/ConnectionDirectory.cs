using System.Net.WebSockets;
using System.Security.Claims;
using Krait.Connections;
using Krait.Transport;

namespace Krait.Hosting;

/// <summary>The open connections of this server, and the way to those of others.</summary>
internal sealed class ConnectionDirectory(ConnectionRegistry connections, UserClosing closing) : IConnections
{
    private const int LongestUserId = 1000;

    public int Count => connections.Count;

    public WebSocketConnection? Find(string connectionId)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        return connections.Find(connectionId);
    }

    public IReadOnlyCollection<WebSocketConnection> OfUser(string userId)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return OfUser(connections, userId);
    }

    public ValueTask CloseUserAsync(
        string userId,
        WebSocketCloseStatus status = WebSocketCloseStatus.PolicyViolation,
        string? reason = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(userId.Length, LongestUserId, nameof(userId));
        CloseFrame.Demand((int)status);
        return closing.CloseAsync(userId, (int)status, CloseFrame.Cut(reason), cancellationToken);
    }

    /// <summary>The connections of a user on this server.</summary>
    public static WebSocketConnection[] OfUser(ConnectionRegistry connections, string userId) =>
        [.. connections.All().Where(connection => connection.User.HasClaim(ClaimTypes.NameIdentifier, userId))];
}
