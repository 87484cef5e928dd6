namespace Krait;

/// <summary>Something was sent on a connection that is closed.</summary>
/// <param name="connectionId">The connection.</param>
/// <param name="closeInfo">How it ended.</param>
public sealed class ConnectionClosedException(string connectionId, CloseInfo closeInfo)
    : IOException(
        $"The WebSocket connection {connectionId} is closed: {closeInfo.Cause}, status {(int)closeInfo.Status}.", closeInfo.Error)
{
    /// <summary>The connection.</summary>
    public string ConnectionId { get; } = connectionId;

    /// <summary>How it ended.</summary>
    public CloseInfo CloseInfo { get; } = closeInfo;
}
