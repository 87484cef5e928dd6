using Krait.Connections;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Krait.Hosting;

/// <summary>Whether the server should get new connections.</summary>
internal sealed class ConnectionHealth(ConnectionRegistry connections, IRoomBackplane? backplane) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(context.Registration.FailureStatus));

    private HealthCheckResult Check(HealthStatus failure)
    {
        if (connections.IsStopping)
            return new(failure, "The server is stopping and takes no more WebSocket connections.");

        return backplane is { IsAvailable: false }
            ? HealthCheckResult.Degraded("Rooms do not reach other servers at the moment.")
            : HealthCheckResult.Healthy();
    }
}
