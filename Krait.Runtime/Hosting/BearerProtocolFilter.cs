using Krait.Connections;
using Krait.Telemetry;
using Krait.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Krait.Hosting;

/// <summary>
/// Takes tokens out of the offered subprotocols before anything else sees the request: authentication needs them, and nothing may
/// log them.
/// </summary>
internal sealed class BearerProtocolFilter(
    IOptions<KraitOptions> options, KraitMeter meter, ILoggerFactory logs) : IStartupFilter
{
    private readonly ILogger _logger = new UnfailingLogger(logs.CreateLogger("Krait.Controllers"));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.Value.BearerProtocol is { } name)
            app.Use(handle => context => HandleAsync(context, name, handle));

        next(app);
    };

    private Task HandleAsync(HttpContext context, string name, RequestDelegate next)
    {
        if (BearerToken.Move(context.Request.Headers, name) is not { } fault)
            return next(context);

        EndpointTelemetry.RefusedBeforeRouting(meter, RefusalReason.Bearer);
        UpgradeLog.RefusedBeforeRouting(_logger, StatusCodes.Status400BadRequest, fault);
        return ProblemResponse.WriteAsync(
            context, new(StatusCodes.Status400BadRequest, fault) { Reason = RefusalReason.Bearer });
    }
}
