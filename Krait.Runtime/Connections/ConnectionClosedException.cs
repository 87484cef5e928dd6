namespace Krait;

/// <summary>Code sent a message on a closed connection.</summary>
/// <param name="connectionId">The id of the connection.</param>
/// <param name="closeInfo">How the connection ended.</param>
public sealed class ConnectionClosedException(string connectionId, CloseInfo closeInfo)
    : IOException(
        $"The WebSocket connection {connectionId} is closed: {closeInfo.Cause}, status {(int)closeInfo.Status}.", closeInfo.Error)
{
    /// <summary>The id of the connection.</summary>
    public string ConnectionId { get; } = connectionId;

    /// <summary>How the connection ended.</summary>
    public CloseInfo CloseInfo { get; } = closeInfo;
}
