using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Krait.Upgrading;

/// <summary>Turns what was thrown before the 101 into an answer, and logs once what is not the client's doing.</summary>
/// <param name="controller">The controller's name, for the log.</param>
/// <param name="logger">The log.</param>
internal sealed class UpgradeFailures(string controller, ILogger logger)
{
    /// <summary>Returns the answer, which shows nothing of an exception's text unless it was written for the client; null if there is nobody to answer.</summary>
    public UpgradeRefusal? Explain(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BindingException:
                return new(StatusCodes.Status400BadRequest, exception.Message);

            case UpgradeLimitException:
                UpgradeLog.LimitReached(logger, controller, exception.Message);
                return new(StatusCodes.Status503ServiceUnavailable, "The server takes no more WebSocket connections at the moment.");

            case UpgradeSetupException:
                UpgradeLog.NotSetUp(logger, controller, exception.Message);
                return new(StatusCodes.Status500InternalServerError, "The server is not set up for this connection; its log says what is missing.");

            case var _ when exception.IsDisconnectOf(context):
                UpgradeLog.ClientGone(logger, controller);
                return null;

            default:
                UpgradeLog.Failed(logger, exception, controller);
                return new(StatusCodes.Status500InternalServerError, "The server failed to set up the connection.");
        }
    }
}
