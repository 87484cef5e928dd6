using Krait.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Krait.Upgrading;

/// <summary>Turns an exception before the 101 into an answer, and logs it once unless the client caused it.</summary>
/// <param name="controller">The controller's name, for the log.</param>
/// <param name="logger">The log.</param>
internal sealed class UpgradeFailures(string controller, ILogger logger)
{
    /// <summary>
    /// Returns the answer, or null if the client is gone. The client sees only the messages of exceptions that are meant for it.
    /// </summary>
    public UpgradeRefusal? Explain(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BindingException:
                return new(StatusCodes.Status400BadRequest, exception.Message) { Reason = RefusalReason.InvalidValue };

            case UpgradeLimitException:
                UpgradeLog.LimitReached(logger, controller, exception.Message);
                return Logged(
                    StatusCodes.Status503ServiceUnavailable,
                    "The server accepts no more WebSocket connections at the moment.",
                    RefusalReason.ConnectionLimit);

            case UpgradeSetupException:
                UpgradeLog.NotSetUp(logger, controller, exception.Message);
                return Logged(
                    StatusCodes.Status500InternalServerError,
                    "The server is not set up for this connection; its log says what is missing.");

            case var _ when exception.IsDisconnectOf(context):
                UpgradeLog.ClientGone(logger, controller);
                return null;

            default:
                UpgradeLog.Failed(logger, exception, controller);
                return Logged(StatusCodes.Status500InternalServerError, "The server failed to set up the connection.");
        }
    }

    private static UpgradeRefusal Logged(
        int statusCode, string detail, RefusalReason reason = RefusalReason.ServerError) =>
        new(statusCode, detail) { IsLogged = true, Reason = reason };
}
