using Microsoft.Extensions.Logging;

namespace Krait.Connections;

/// <summary>The log of one connection. Thread-safe.</summary>
internal sealed class ConnectionLog(ILogger logger, string controller, string connectionId)
{
    public ILogger Logger => logger;

    public void Opened(string? protocol) => ConnectionMessages.Opened(logger, controller, connectionId, protocol);

    public void Closed(CloseInfo why) =>
        ConnectionMessages.Closed(logger, controller, connectionId, why.Cause, (int)why.Status, why.WasClean);

    public void HandlerFailed(Exception error) => ConnectionMessages.HandlerFailed(logger, error, controller, connectionId);

    /// <summary>A handler failed after Krait had stopped waiting for it, so that no [OnError] is called.</summary>
    public void LateFailure(Exception error) => ConnectionMessages.LateFailure(logger, error, controller, connectionId);

    public void InvalidMessage(int status, string problem) =>
        ConnectionMessages.InvalidMessage(logger, controller, connectionId, status, problem);

    public void TooManyStreams(string problem) => ConnectionMessages.TooManyStreams(logger, controller, connectionId, problem);

    public void TooManyMessages(string problem) => ConnectionMessages.TooManyMessages(logger, controller, connectionId, problem);

    public void HandlersDidNotReturn(TimeSpan stopTimeout) =>
        ConnectionMessages.HandlersDidNotReturn(logger, controller, connectionId, stopTimeout);

    public void CloseHandlerFailed(Exception error) =>
        ConnectionMessages.CloseHandlerFailed(logger, error, controller, connectionId);

    public void CloseHandlerDidNotReturn() => ConnectionMessages.CloseHandlerDidNotReturn(logger, controller, connectionId);

    public void DisposeFailed(string what, Exception error) =>
        ConnectionMessages.DisposeFailed(logger, error, controller, what, connectionId);

    public void DisposeDidNotReturn(string what, TimeSpan stopTimeout) =>
        ConnectionMessages.DisposeDidNotReturn(logger, controller, what, connectionId, stopTimeout);

    public void PeerIsGone(string peerId) => ConnectionMessages.PeerIsGone(logger, controller, connectionId, peerId);
}

/// <summary>The log messages about connections.</summary>
internal static partial class ConnectionMessages
{
    [LoggerMessage(100, LogLevel.Debug, "{Controller}: connection {ConnectionId} opened, subprotocol {Protocol}.")]
    public static partial void Opened(ILogger logger, string controller, string connectionId, string? protocol);

    [LoggerMessage(
        101, LogLevel.Debug, "{Controller}: connection {ConnectionId} closed: {Cause}, status {Status}, clean {WasClean}.")]
    public static partial void Closed(
        ILogger logger, string controller, string connectionId, CloseCause cause, int status, bool wasClean);

    [LoggerMessage(
        102, LogLevel.Error, "{Controller}: a handler of connection {ConnectionId} failed; the connection is closed with 1011.")]
    public static partial void HandlerFailed(ILogger logger, Exception error, string controller, string connectionId);

    [LoggerMessage(
        103,
        LogLevel.Information,
        "{Controller}: connection {ConnectionId} sent an invalid message and is closed with {Status}: {Problem}")]
    public static partial void InvalidMessage(ILogger logger, string controller, string connectionId, int status, string problem);

    [LoggerMessage(104, LogLevel.Warning,
        "{Controller}: handlers of connection {ConnectionId} did not return within StopTimeout ({StopTimeout}); "
        + "Krait no longer waits for them. Pass Stopping to the calls that they await.")]
    public static partial void HandlersDidNotReturn(ILogger logger, string controller, string connectionId, TimeSpan stopTimeout);

    [LoggerMessage(105, LogLevel.Error, "{Controller}: [OnClose] of connection {ConnectionId} failed.")]
    public static partial void CloseHandlerFailed(ILogger logger, Exception error, string controller, string connectionId);

    [LoggerMessage(106, LogLevel.Warning,
        "{Controller}: [OnClose] of connection {ConnectionId} did not return after its CancellationToken had fired; "
        + "Krait no longer waits for it.")]
    public static partial void CloseHandlerDidNotReturn(ILogger logger, string controller, string connectionId);

    [LoggerMessage(107, LogLevel.Error, "{Controller}: disposing the {What} of connection {ConnectionId} failed.")]
    public static partial void DisposeFailed(
        ILogger logger, Exception error, string controller, string what, string connectionId);

    [LoggerMessage(108, LogLevel.Error, "A callback registered on Stopping failed.")]
    public static partial void StoppingCallbackFailed(ILogger logger, Exception error);

    [LoggerMessage(109, LogLevel.Information,
        "{Controller}: a handler of connection {ConnectionId} sent to connection {PeerId}, which is closed; nothing was sent.")]
    public static partial void PeerIsGone(ILogger logger, string controller, string connectionId, string peerId);

    [LoggerMessage(110, LogLevel.Warning,
        "{Controller}: disposing the {What} of connection {ConnectionId} did not return within StopTimeout ({StopTimeout}); "
        + "Krait no longer waits for it.")]
    public static partial void DisposeDidNotReturn(
        ILogger logger, string controller, string what, string connectionId, TimeSpan stopTimeout);

    [LoggerMessage(111, LogLevel.Information, "{Controller}: connection {ConnectionId} is closed with 1008: {Problem}")]
    public static partial void TooManyStreams(ILogger logger, string controller, string connectionId, string problem);

    [LoggerMessage(113, LogLevel.Information, "{Controller}: connection {ConnectionId} is closed with 1008: {Problem}")]
    public static partial void TooManyMessages(ILogger logger, string controller, string connectionId, string problem);

    [LoggerMessage(114, LogLevel.Warning,
        "{Controller}: [OnExpiring] is never called, because KraitOptions.CloseOnAuthenticationExpiration is false. "
        + "Set it to true, or remove the handler.")]
    public static partial void NeverExpires(ILogger logger, string controller);

    [LoggerMessage(
        112,
        LogLevel.Error,
        "{Controller}: a handler of connection {ConnectionId} failed after Krait had stopped waiting for it; "
        + "[OnError] is not called any more.")]
    public static partial void LateFailure(ILogger logger, Exception error, string controller, string connectionId);
}
