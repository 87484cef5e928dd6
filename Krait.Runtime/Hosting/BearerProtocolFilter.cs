using Krait.Telemetry;
using Krait.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Krait.Hosting;

/// <summary>
/// Takes tokens out of the offered subprotocols before anything else sees the request: authentication needs them, and nothing may
/// log them.
/// </summary>
internal sealed class BearerProtocolFilter(IOptions<KraitOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.Value.BearerProtocol is { } name)
            app.Use(handle => context => HandleAsync(context, name, handle));

        next(app);
    };

    private static Task HandleAsync(HttpContext context, string name, RequestDelegate next) =>
        BearerToken.Move(context.Request.Headers, name) is { } fault
            ? ProblemResponse.WriteAsync(
                context, new(StatusCodes.Status400BadRequest, fault) { Reason = RefusalReason.InvalidValue })
            : next(context);
}
