using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Rooms;

/// <summary>Rooms whose messages are structs: only these need a registration, and only under Native AOT.</summary>
internal static class StructRooms
{
    /// <inheritdoc cref="Demand{TSend}(IServiceProvider, bool)"/>
    public static void Demand<TSend>(IServiceProvider services) =>
        Demand<TSend>(services, isCompiledAhead: !RuntimeFeature.IsDynamicCodeSupported);

    /// <summary>Stops the start of an application whose rooms could not be made when the first client connects.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="isCompiledAhead">Whether no code can be compiled at run time, as under Native AOT.</param>
    /// <exception cref="InvalidOperationException">The messages are structs and <c>AddRooms</c> was not called.</exception>
    public static void Demand<TSend>(IServiceProvider services, bool isCompiledAhead)
    {
        if (!isCompiledAhead || !typeof(TSend).IsValueType)
            return;

        try
        {
            services.GetRequiredService<IRooms<TSend>>();
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException(
                $"Rooms of the struct '{typeof(TSend)}' need a registration under Native AOT: "
                + $"call builder.Services.AddRooms<{Name(typeof(TSend))}>() before the application is built.",
                e);
        }
    }

    /// <summary>The rooms of a type; null if they need a registration that is missing.</summary>
    public static IRooms<TSend>? Find<TSend>(IServiceProvider services) =>
        RuntimeFeature.IsDynamicCodeSupported || !typeof(TSend).IsValueType || IsRegistered<TSend>(services)
            ? services.GetService<IRooms<TSend>>()
            : null;

    private static bool IsRegistered<TSend>(IServiceProvider services) =>
        services.GetServices<RegisteredRooms>().Any(static rooms => rooms.Type == typeof(TSend));

    /// <summary>The name of a type as C# writes it, so that the call in the message can be copied.</summary>
    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}

/// <summary>Notes that <c>AddRooms</c> was called for a type.</summary>
internal sealed record RegisteredRooms(Type Type);
