using Krait.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Krait.Upgrading;

/// <summary>Answers the requests of a controller that do not become connections, and logs each refusal in one line.</summary>
/// <param name="controller">The controller's name, for the log.</param>
/// <param name="logger">The log.</param>
internal sealed class RefusalWriter(string controller, ILogger logger)
{
    private static readonly UpgradeRefusal Failure = new(
        StatusCodes.Status500InternalServerError, "The server failed to set up the connection.")
    {
        Reason = RefusalReason.ServerError,
    };

    /// <summary>Answers, unless the client is gone. A client cannot make it throw.</summary>
    public async Task WriteAsync(HttpContext context, UpgradeRefusal refusal)
    {
        if (context.Response.HasStarted)
        {
            UpgradeLog.ResponseStarted(logger, controller);
            context.Abort();
            return;
        }

        try
        {
            if (refusal.Result is null)
                await WriteProblemAsync(context, refusal).ConfigureAwait(false);
            else
                await WriteDenialAsync(context, refusal.Result).ConfigureAwait(false);
        }
        catch (Exception e) when (e.IsDisconnectOf(context))
        {
            UpgradeLog.ClientGone(logger, controller);
        }
    }

    private Task WriteProblemAsync(HttpContext context, UpgradeRefusal refusal)
    {
        // The detail of a denial may contain text of the client.
        if (refusal.IsDenial)
            UpgradeLog.Denied(logger, controller, refusal.StatusCode, ClientText.OneLine(refusal.Detail ?? "It gave no reason."));
        else if (!refusal.IsLogged)
            UpgradeLog.Refused(logger, controller, refusal.StatusCode, refusal.Detail);

        return ProblemResponse.WriteAsync(context, refusal);
    }

    private async Task WriteDenialAsync(HttpContext context, IResult result)
    {
        if (OpeningHandshake.CarrierOf(context) == UpgradeCarrier.Http2)
            context.Response.OnStarting(RefuseSuccess, context);

        try
        {
            await result.ExecuteAsync(context).ConfigureAwait(false);
            UpgradeLog.Denied(logger, controller, context.Response.StatusCode, "The response is its own.");
        }
        catch (Exception e) when (!e.IsDisconnectOf(context))
        {
            UpgradeLog.DenialFailed(logger, e, controller);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await ProblemResponse.WriteAsync(context, Failure).ConfigureAwait(false);
        }
    }

    // Any 2xx answer to an extended CONNECT would open the connection.
    private Task RefuseSuccess(object state)
    {
        var response = ((HttpContext)state).Response;
        if (response.StatusCode is >= 200 and < 300)
        {
            UpgradeLog.DenialWouldAccept(logger, controller, response.StatusCode);
            response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
    }
}
