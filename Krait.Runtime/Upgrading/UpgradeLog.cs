using Microsoft.Extensions.Logging;

namespace Krait.Upgrading;

/// <summary>The log of requests that a controller's endpoint gets.</summary>
internal static partial class UpgradeLog
{
    [LoggerMessage(1, LogLevel.Information, "{Controller}: Krait refused a request with {Status}. {Reason}")]
    public static partial void Refused(ILogger logger, string controller, int status, string? reason);

    [LoggerMessage(2, LogLevel.Information, "{Controller}: [OnUpgrade] denied a request with {Status}. {Reason}")]
    public static partial void Denied(ILogger logger, string controller, int status, string? reason);

    [LoggerMessage(3, LogLevel.Debug, "{Controller}: the client went away before the upgrade.")]
    public static partial void ClientGone(ILogger logger, string controller);

    [LoggerMessage(4, LogLevel.Error, "{Controller}: an upgrade failed before the 101; the client was answered with 500.")]
    public static partial void Failed(ILogger logger, Exception error, string controller);

    [LoggerMessage(5, LogLevel.Error, "{Controller}: an upgrade failed, and the client was answered with 500: {Problem}")]
    public static partial void NotSetUp(ILogger logger, string controller, string problem);

    [LoggerMessage(6, LogLevel.Warning, "{Controller}: an upgrade was refused with 503: {Problem}")]
    public static partial void LimitReached(ILogger logger, string controller, string problem);

    [LoggerMessage(
        7,
        LogLevel.Error,
        "{Controller}: a response had been started before the upgrade was decided; the connection is aborted.")]
    public static partial void ResponseStarted(ILogger logger, string controller);

    [LoggerMessage(8, LogLevel.Error, "{Controller}: the response that [OnUpgrade] denied with failed.")]
    public static partial void DenialFailed(ILogger logger, Exception error, string controller);

    [LoggerMessage(9, LogLevel.Warning,
        "{Controller}: [OnUpgrade] denied with status {Status}, which would accept the connection over HTTP/2 "
        + "(RFC 8441, section 5); 403 was sent instead.")]
    public static partial void DenialWouldAccept(ILogger logger, string controller, int status);

    [LoggerMessage(10, LogLevel.Error, "{Controller}: disposing the controller failed.")]
    public static partial void DisposeFailed(ILogger logger, Exception error, string controller);

    [LoggerMessage(11, LogLevel.Information, "Krait refused a request with {Status}, before it came to a controller. {Reason}")]
    public static partial void RefusedBeforeRouting(ILogger logger, int status, string reason);
}
