using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Redis.Tests.Servers;

/// <summary>The engines of the application's servers, all on one Redis.</summary>
/// <param name="configuration">Where it is.</param>
internal sealed class Engines(string configuration) : IAsyncDisposable
{
    private readonly List<ServiceProvider> _applications = [];

    public CollectedLogs Logs { get; } = new();

    /// <summary>Makes the engine of one more server.</summary>
    public async Task<RedisBackplane> ConnectAsync(Action<KraitRedisOptions>? configure = null)
    {
        var application = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Logs))
            .AddKraitRedis(configuration, configure)
            .BuildServiceProvider();
        _applications.Add(application);
        var engine = application.GetRequiredService<RedisBackplane>();
        await engine.Connected.InTime();
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications)
            await application.DisposeAsync();

        Logs.Dispose();
    }
}
