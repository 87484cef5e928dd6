using Krait;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Krait to an application.</summary>
public static class KraitServiceCollectionExtensions
{
    /// <summary>Adds what WebSocket controllers need.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets what holds for every controller.</param>
    public static IServiceCollection AddKrait(this IServiceCollection services, Action<KraitOptions>? configure = null) => throw new NotImplementedException();
}
