using System.ComponentModel;
using Krait.Upgrading;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.CompilerServices;

/// <summary>Makes the codecs of an endpoint. Krait uses it once for each subprotocol, and makes each codec only once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CodecBinder
{
    private readonly IServiceProvider _services;
    private readonly string _controller;
    private readonly Dictionary<Type, object> _codecs = [];

    internal CodecBinder(IServiceProvider services, string controller)
    {
        _services = services;
        _controller = controller;
    }

    /// <summary>
    /// The subprotocol of the connections that the codec serves; null for connections without a subprotocol, or with one that the
    /// controller does not declare.
    /// </summary>
    public string? Protocol { get; internal set; }

    /// <summary>Returns the endpoint's one codec of that type.</summary>
    /// <param name="make">Makes the codec. Called only the first time.</param>
    public T Of<T>(Func<CodecBinder, T> make)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(make);
        if (_codecs.TryGetValue(typeof(T), out var codec))
            return (T)codec;

        var made = make(this);
        _codecs.Add(typeof(T), made);
        return made;
    }

    /// <summary>A singleton that a codec needs.</summary>
    public T Service<T>()
        where T : notnull => _services.GetService<T>() ?? throw Missing(typeof(T), null);

    /// <summary>A singleton, or null if there is none.</summary>
    public T? ServiceOrNull<T>() => _services.GetService<T>();

    /// <summary>A keyed singleton that a codec needs.</summary>
    public T KeyedService<T>(object? key)
        where T : notnull => _services.GetKeyedService<T>(key) ?? throw Missing(typeof(T), key);

    /// <summary>A keyed singleton, or null if there is none.</summary>
    public T? KeyedServiceOrNull<T>(object? key) => _services.GetKeyedService<T>(key);

    /// <summary>The exception for a connection with a subprotocol that no codec serves. Krait refuses the connection.</summary>
    public InvalidOperationException NoCodec() => new UpgradeSetupException(
        $"No codec of {_controller} serves a connection without one of its subprotocols: [OnUpgrade] must accept one of them, "
        + "or a [MessageCodec] without Protocol must serve all others.");

    private InvalidOperationException Missing(Type type, object? key) =>
        new($"A codec of {_controller} needs the service {type}{(key is null ? "" : $" with key '{key}'")}, "
            + "which is not registered. Codecs are built from singletons.");
}
