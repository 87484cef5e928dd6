using Krait;
using Krait.Redis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Connects the rooms of several servers through Redis.</summary>
public static class KraitRedisServiceCollectionExtensions
{
    /// <summary>Puts all rooms of the application on Redis. Calls <c>AddKrait()</c>, too.</summary>
    /// <remarks>
    /// Krait opens two connections: one for commands, and one for the messages that arrive. If Redis cannot be reached, the
    /// application starts anyway, and Krait keeps trying. If you call this more than once, Krait uses the configuration of the
    /// last call.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The configuration of StackExchange.Redis, such as "redis:6379,password=...".</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentException">The configuration cannot be read, or names no server.</exception>
    public static IServiceCollection AddKraitRedis(
        this IServiceCollection services, string configuration, Action<KraitRedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddKraitRedis(RedisConfiguration.Parse(configuration), configure);
    }

    /// <summary>Puts all rooms of the application on Redis. Calls <c>AddKrait()</c>, too.</summary>
    /// <remarks>
    /// Krait copies the configuration and changes the settings that the promises of rooms depend on. The copy never aborts when
    /// Redis cannot be reached, queues nothing while there is no connection, and tries again every second. It waits at most 2.5 s
    /// for a command and at most 5 s for a connection, and has no channel prefix.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The configuration of StackExchange.Redis.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentException">The configuration names no server.</exception>
    public static IServiceCollection AddKraitRedis(
        this IServiceCollection services, ConfigurationOptions configuration, Action<KraitRedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        RedisConfiguration.Demand(configuration);
        return services.AddKraitRedis(_ => Task.FromResult(configuration), configure);
    }

    /// <summary>
    /// Puts all rooms of the application on Redis. Use it if the configuration needs services or an asynchronous call, for
    /// example for the tokens of a cloud. Calls <c>AddKrait()</c>, too.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">
    /// Returns the configuration. Krait calls it for each new connection, also from two threads at once. If it throws, Krait logs
    /// the exception and calls it again.
    /// </param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddKraitRedis(
        this IServiceCollection services,
        Func<IServiceProvider, Task<ConfigurationOptions>> configuration,
        Action<KraitRedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddKrait();
        var options = services.AddOptions<KraitRedisOptions>()
            .Validate(
                static options => !string.IsNullOrEmpty(options.Prefix), "KraitRedisOptions.Prefix is empty; give it a name.")
            .ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        services.Replace(ServiceDescriptor.Singleton(services => new RedisConfiguration(() => configuration(services))));
        services.TryAddSingleton<RedisBackplane>();
        services.Replace(ServiceDescriptor.Singleton<IRoomBackplane>(
            static services => services.GetRequiredService<RedisBackplane>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RedisStart>());
        return services;
    }
}
