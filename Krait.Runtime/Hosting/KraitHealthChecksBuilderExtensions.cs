using Krait;
using Krait.Connections;
using Krait.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tells health checks whether the server should get WebSocket connections.</summary>
public static class KraitHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is Unhealthy as soon as the host begins to stop, so that load balancers send no more clients. It is
    /// Degraded while the rooms do not reach other servers, else Healthy. Call <c>AddKrait</c> on the services, too.
    /// </summary>
    /// <remarks>
    /// Use it for readiness, not for liveness: an orchestrator would end a server that still drains its connections.
    /// </remarks>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The name of the check; "krait" by default.</param>
    /// <param name="tags">The tags of the check.</param>
    public static IHealthChecksBuilder AddKrait(
        this IHealthChecksBuilder builder, string name = "krait", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            static services => new ConnectionHealth(
                services.GetService<ConnectionRegistry>() ?? throw new InvalidOperationException(
                    "The health check of Krait needs services that are not registered; call AddKrait on the services, too."),
                services.GetService<IRoomBackplane>()),
            failureStatus: null,
            tags));
    }
}
