using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Krait.Redis;

/// <summary>Whether Redis answers.</summary>
internal sealed class RedisHealthCheck(RedisBackplane redis) : IHealthCheck
{
    /// <summary>A server that is frozen or cut off does not answer, while its connection looks open for a long time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!redis.IsAvailable)
            return new(context.Registration.FailureStatus, "Redis cannot be reached; rooms do not reach other servers.");

        try
        {
            await redis.PingAsync().WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(context.Registration.FailureStatus, "Redis does not answer; rooms do not reach other servers.", e);
        }
    }
}
