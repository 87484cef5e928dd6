using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.CompilerServices;

/// <summary>A service that a handler of a controller needs.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Key">Its key; null if it has none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct HandlerService(Type Type, object? Key = null)
{
    /// <summary>Names the service that a handler takes.</summary>
    public static HandlerService Of<T>(object? key = null) => new(typeof(T), key);

    /// <summary>The message if the service is missing.</summary>
    internal string Missing =>
        $"A handler takes the service {Type}{(Key is null ? "" : $" with the key '{Key}'")}, which is not registered.";

    /// <summary>Whether it is registered; true if the container cannot tell.</summary>
    internal bool IsRegistered(IServiceProvider services) => Key is null
        ? services.GetService<IServiceProviderIsService>()?.IsService(Type) ?? true
        : services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(Type, Key) ?? true;
}
