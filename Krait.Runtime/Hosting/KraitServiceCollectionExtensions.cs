using Krait;
using Krait.Connections;
using Krait.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Krait to an application.</summary>
public static class KraitServiceCollectionExtensions
{
    /// <summary>Adds what WebSocket controllers need. Controllers need no registration of their own.</summary>
    /// <remarks>
    /// May be called more than once; every <paramref name="configure"/> applies, in order. Options out of their ranges stop the application from starting
    /// (<see cref="OptionsValidationException"/>). Time comes from a <see cref="TimeProvider"/> in <paramref name="services"/>, else from the system.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets what holds for every controller.</param>
    public static IServiceCollection AddKrait(this IServiceCollection services, Action<KraitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<KraitOptions>().ValidateOnStart();
        if (configure is not null)
            services.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KraitOptions>, KraitOptionsValidation>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ConnectionRegistry>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ConnectionDrain>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, WebSocketMatcherPolicy>());
        return services;
    }
}
