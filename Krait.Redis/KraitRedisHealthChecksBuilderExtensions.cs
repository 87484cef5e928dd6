using Krait.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tells health checks whether the rooms of Krait reach other servers.</summary>
public static class KraitRedisHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is Healthy while Redis answers, else Degraded, because connections and the application's other work go
    /// on without Redis. Call <c>AddKraitRedis</c> on the services, too.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The name of the check; "krait-redis" by default.</param>
    /// <param name="tags">The tags of the check.</param>
    public static IHealthChecksBuilder AddKraitRedis(
        this IHealthChecksBuilder builder, string name = "krait-redis", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            static services => new RedisHealthCheck(services.GetService<RedisBackplane>() ?? throw new InvalidOperationException(
                "The health check of Krait.Redis finds no Redis; call AddKraitRedis on the services, too.")),
            HealthStatus.Degraded,
            tags));
    }
}
