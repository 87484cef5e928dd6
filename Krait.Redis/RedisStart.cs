using Microsoft.Extensions.Hosting;

namespace Krait.Redis;

/// <summary>
/// Connects before the application takes requests. Without Redis, the application still starts, a little later.
/// </summary>
internal sealed class RedisStart(RedisBackplane redis) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken) =>
        await Task.WhenAny(redis.Connected, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
