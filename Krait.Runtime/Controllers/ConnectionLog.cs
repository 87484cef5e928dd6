using Microsoft.Extensions.Logging;

namespace Krait.Controllers;

/// <summary>What is logged of a connection's life.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(100, LogLevel.Debug, "{Controller}: connection {ConnectionId} opened, subprotocol {Protocol}.")]
    public static partial void Opened(ILogger logger, string controller, string connectionId, string? protocol);

    [LoggerMessage(101, LogLevel.Debug, "{Controller}: connection {ConnectionId} closed: {Cause}, status {Status}, clean {WasClean}.")]
    public static partial void Closed(ILogger logger, string controller, string connectionId, CloseCause cause, int status, bool wasClean);

    [LoggerMessage(102, LogLevel.Error, "{Controller}: a handler of connection {ConnectionId} failed; the connection is closed with 1011.")]
    public static partial void HandlerFailed(ILogger logger, Exception error, string controller, string connectionId);

    [LoggerMessage(103, LogLevel.Information, "{Controller}: connection {ConnectionId} sent an invalid message and is closed with {Status}: {Problem}")]
    public static partial void InvalidMessage(ILogger logger, string controller, string connectionId, int status, string problem);

    [LoggerMessage(104, LogLevel.Warning,
        "{Controller}: handlers of connection {ConnectionId} did not return within StopTimeout ({StopTimeout}); the connection is aborted. Pass Stopping to what they await.")]
    public static partial void HandlersDidNotReturn(ILogger logger, string controller, string connectionId, TimeSpan stopTimeout);

    [LoggerMessage(105, LogLevel.Error, "{Controller}: [OnClose] of connection {ConnectionId} failed.")]
    public static partial void CloseHandlerFailed(ILogger logger, Exception error, string controller, string connectionId);

    [LoggerMessage(106, LogLevel.Warning, "{Controller}: [OnClose] of connection {ConnectionId} did not return after its CancellationToken had fired; it is left behind.")]
    public static partial void CloseHandlerDidNotReturn(ILogger logger, string controller, string connectionId);

    [LoggerMessage(107, LogLevel.Error, "{Controller}: disposing the controller of connection {ConnectionId} failed.")]
    public static partial void DisposeFailed(ILogger logger, Exception error, string controller, string connectionId);

    [LoggerMessage(108, LogLevel.Error, "A callback registered on Stopping failed.")]
    public static partial void StoppingCallbackFailed(ILogger logger, Exception error);

    [LoggerMessage(109, LogLevel.Information, "{Controller}: a handler of connection {ConnectionId} sent to connection {PeerId}, which is closed; nothing was sent.")]
    public static partial void PeerIsGone(ILogger logger, string controller, string connectionId, string peerId);

    [LoggerMessage(110, LogLevel.Error, "{Controller}: disposing the transport of connection {ConnectionId} failed.")]
    public static partial void TransportDisposeFailed(ILogger logger, Exception error, string controller, string connectionId);
}
