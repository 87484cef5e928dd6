using Krait.Connections;
using Krait.Telemetry;
using Krait.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Krait.Controllers;

/// <summary>
/// The settings of one endpoint: those of its descriptor, and those of the options for the rest. Immutable.
/// </summary>
internal sealed class EndpointSettings
{
    private EndpointSettings(string name, IServiceProvider services)
    {
        Name = name;
        Options = services.GetRequiredService<IOptions<KraitOptions>>().Value;
        Logger = new UnfailingLogger(services.GetRequiredService<ILoggerFactory>().CreateLogger("Krait.Controllers"));
        Traffic = new UnfailingLogger(services.GetRequiredService<ILoggerFactory>().CreateLogger("Krait.Traffic"));
        TimeProvider = services.GetRequiredService<TimeProvider>();
        Connections = services.GetRequiredService<ConnectionRegistry>();
        Scopes = services.GetRequiredService<IServiceScopeFactory>();
        Expirations = services.GetService<ExpirationSchedule>();
        Services = services;
    }

    /// <summary>The controller's name, for the log.</summary>
    public string Name { get; }

    /// <summary>How many received messages may wait.</summary>
    public int ReceiveQueueCapacity { get; private init; }

    /// <summary>How many bytes of received messages may wait.</summary>
    public int ReceiveBufferSize { get; private init; }

    /// <summary>How many bytes may wait to be sent before sending waits.</summary>
    public int SendBufferSize { get; private init; }

    /// <summary>How many streams may run at once on a connection.</summary>
    public int MaxStreams { get; private init; }

    public KraitOptions Options { get; }

    public TransportOptions TransportOptions { get; private init; } = null!;

    public TimeProvider TimeProvider { get; }

    public ILogger Logger { get; }

    /// <summary>The log of messages.</summary>
    public ILogger Traffic { get; }

    public ConnectionRegistry Connections { get; }

    /// <summary>Counts connections and refused requests.</summary>
    public required EndpointTelemetry Telemetry { get; init; }

    public IServiceScopeFactory Scopes { get; }

    /// <summary>Ends connections whose authentication expires; null in an application without that service.</summary>
    public ExpirationSchedule? Expirations { get; }

    /// <summary>The application's services: its singletons.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Takes the settings of a controller.</summary>
    /// <exception cref="InvalidOperationException">A limit is negative.</exception>
    /// <exception cref="OptionsValidationException">The options are out of their ranges.</exception>
    public static EndpointSettings Of<TSelf>(WebSocketControllerDescriptor<TSelf> descriptor, IServiceProvider services)
        where TSelf : class
    {
        var name = typeof(TSelf).Name;
        var options = services.GetRequiredService<IOptions<KraitOptions>>().Value;
        return new(name, services)
        {
            ReceiveQueueCapacity = Limit(
                descriptor.ReceiveQueueCapacity, options.ReceiveQueueCapacity, nameof(ReceiveQueueCapacity)),
            ReceiveBufferSize = Limit(descriptor.ReceiveBufferSize, options.ReceiveBufferSize, nameof(ReceiveBufferSize)),
            SendBufferSize = Limit(descriptor.SendBufferSize, options.SendBufferSize, nameof(SendBufferSize)),
            MaxStreams = Limit(descriptor.MaxStreams, options.MaxStreams, nameof(MaxStreams)),
            Telemetry = new(services.GetService<KraitMeter>() ?? new(), descriptor.Pattern, descriptor.Protocols),
            TransportOptions = new()
            {
                MaxMessageSize = Limit(descriptor.MaxMessageSize, options.MaxMessageSize, nameof(options.MaxMessageSize)),
                Compression = descriptor.Compression,
                KeepAliveInterval = options.KeepAliveInterval,
                KeepAliveTimeout = options.KeepAliveTimeout,
                SendTimeout = options.SendTimeout,
                TimeProvider = services.GetRequiredService<TimeProvider>(),
            },
        };

        int Limit(int own, int general, string limit) => own switch
        {
            < 0 =>
                throw new InvalidOperationException(
                    $"{name}: {limit} is {own}; it must be positive, or 0 to take KraitOptions.{limit}."),
            0 => general,
            _ => own,
        };
    }
}
