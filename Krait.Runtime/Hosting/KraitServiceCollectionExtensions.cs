using System.Diagnostics.Metrics;
using Krait;
using Krait.Connections;
using Krait.Controllers;
using Krait.Hosting;
using Krait.Rooms;
using Krait.Telemetry;
using Krait.Upgrading;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Krait to an application.</summary>
public static class KraitServiceCollectionExtensions
{
    /// <summary>Adds the services of WebSocket controllers. You do not have to register the controllers themselves.</summary>
    /// <remarks>
    /// You can call it more than once; every <paramref name="configure"/> applies, in order. If an option is out of its range,
    /// the application does not start (<see cref="OptionsValidationException"/>). Krait uses the <see cref="TimeProvider"/> in
    /// <paramref name="services"/>, else the system's clock.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options for all controllers.</param>
    public static IServiceCollection AddKrait(this IServiceCollection services, Action<KraitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<KraitOptions>().ValidateOnStart();
        if (configure is not null)
            services.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KraitOptions>, KraitOptionsValidation>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddCounts();
        services.AddMetrics();
        services.TryAddSingleton(static services => new KraitMeter(services.GetService<IMeterFactory>()));
        services.TryAddSingleton(static services => new BackplaneHub(
            services.GetService<IRoomBackplane>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetService<ILoggerFactory>(),
            services.GetService<KraitMeter>()));
        services.TryAddSingleton(typeof(IRooms<>), typeof(RoomDirectory<>));
        services.TryAddSingleton<PresenceServer>();
        services.TryAddSingleton(typeof(PresenceDirectory<>));
        services.TryAddSingleton(typeof(IRooms<,>), typeof(PresenceRooms<,>));
        services.TryAddSingleton<UserClosing>();
        services.TryAddSingleton<IConnections, ConnectionDirectory>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UserClosing>(
            static services => services.GetRequiredService<UserClosing>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ConnectionDrain>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, WebSocketMatcherPolicy>());
        services.TryAddSingleton<ExpirationSchedule>();
        if (!services.Any(static service => service.ImplementationType == typeof(BearerProtocolFilter)))
            services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, BearerProtocolFilter>()); // before all other filters

        return services;
    }

    /// <summary>
    /// Sets the options of the rooms with messages of type <typeparamref name="TSend"/>. With the default options, you need this
    /// call only if the messages are structs and you publish with Native AOT.
    /// </summary>
    /// <remarks>
    /// You can call it more than once; every <paramref name="configure"/> applies, in order. If an option is out of its range,
    /// the application does not start.
    /// </remarks>
    /// <typeparam name="TSend">The type of messages that the members send to their clients.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddRooms<TSend>(this IServiceCollection services, Action<RoomOptions>? configure = null)
    {
        services.AddKrait();
        var options = services.AddOptions<RoomOptions>(RoomDirectory<TSend>.NameOfOptions)
            .Validate(static options => options.MemberCapacity > 0, "RoomOptions.MemberCapacity must be positive.")
            .Validate(static options => options.MemberBufferSize > 0, "RoomOptions.MemberBufferSize must be positive.")
            .Validate(static options => options.MaxMessageSize > 0, "RoomOptions.MaxMessageSize must be positive.")
            .ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        services.TryAddSingleton<IRooms<TSend>, RoomDirectory<TSend>>();
        services.AddSingleton(new RegisteredRooms(typeof(TSend)));
        return services;
    }

    /// <summary>
    /// Does the same as <see cref="AddRooms{TSend}"/>, for rooms that list their members. You need it only if the messages are
    /// structs and you publish with Native AOT.
    /// </summary>
    /// <typeparam name="TSend">The type of messages that the members send to their clients.</typeparam>
    /// <typeparam name="TMember">The type of members.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddRooms<TSend, TMember>(
        this IServiceCollection services, Action<RoomOptions>? configure = null)
        where TMember : class
    {
        services.AddRooms<TSend>(configure);
        services.TryAddSingleton<IRooms<TSend, TMember>, PresenceRooms<TSend, TMember>>();
        return services;
    }

    /// <summary>Adds the counters of connections, and of the messages of users.</summary>
    private static void AddCounts(this IServiceCollection services)
    {
        services.TryAddSingleton<ConnectionRegistry>();
        services.TryAddSingleton<ConnectionSlots>();
        services.TryAddSingleton<SharedRates>();
    }
}
