using Krait.CompilerServices;
using Krait.Hosting;
using Krait.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Krait.Controllers;

/// <summary>What is the same for every connection of a controller type at one endpoint. Immutable and thread-safe.</summary>
internal sealed class ControllerRuntime<TSelf, TReceive, TSend>
    where TSelf : class
{
    /// <summary>Takes what the descriptor says, and from the options what it leaves open.</summary>
    /// <exception cref="InvalidOperationException">A limit is negative, or the codecs cannot be made.</exception>
    /// <exception cref="OptionsValidationException">The options are out of their ranges.</exception>
    public ControllerRuntime(ControllerDescriptor<TSelf, TReceive, TSend> descriptor, IServiceProvider services)
    {
        Descriptor = descriptor;
        Options = services.GetRequiredService<IOptions<KraitOptions>>().Value;
        Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Krait.Controllers");
        TimeProvider = services.GetRequiredService<TimeProvider>();
        Connections = services.GetRequiredService<ConnectionRegistry>();

        MaxMessageSize = Limit(descriptor.MaxMessageSize, Options.MaxMessageSize, nameof(MaxMessageSize));
        ReceiveQueueCapacity = Limit(descriptor.ReceiveQueueCapacity, Options.ReceiveQueueCapacity, nameof(ReceiveQueueCapacity));
        ReceiveBufferSize = Limit(descriptor.ReceiveBufferSize, Options.ReceiveBufferSize, nameof(ReceiveBufferSize));
        SendBufferSize = Limit(descriptor.SendBufferSize, Options.SendBufferSize, nameof(SendBufferSize));
        MaxStreams = Limit(descriptor.MaxStreams, Options.MaxStreams, nameof(MaxStreams));

        Codecs = new(descriptor, services);
        TransportOptions = new()
        {
            MaxMessageSize = MaxMessageSize,
            Compression = descriptor.Compression,
            KeepAliveInterval = Options.KeepAliveInterval,
            KeepAliveTimeout = Options.KeepAliveTimeout,
            SendTimeout = Options.SendTimeout,
            TimeProvider = TimeProvider,
        };
    }

    public ControllerDescriptor<TSelf, TReceive, TSend> Descriptor { get; }

    /// <summary>The controller's name, for the log.</summary>
    public string Name { get; } = typeof(TSelf).Name;

    public CodecChoice<TSelf, TReceive, TSend> Codecs { get; }

    /// <summary>In bytes.</summary>
    public int MaxMessageSize { get; }

    /// <summary>In messages.</summary>
    public int ReceiveQueueCapacity { get; }

    /// <summary>In bytes.</summary>
    public int ReceiveBufferSize { get; }

    /// <summary>In bytes.</summary>
    public int SendBufferSize { get; }

    public int MaxStreams { get; }

    public KraitOptions Options { get; }

    public TransportOptions TransportOptions { get; }

    public TimeProvider TimeProvider { get; }

    public ILogger Logger { get; }

    public ConnectionRegistry Connections { get; }

    private int Limit(int own, int general, string name) => own switch
    {
        < 0 => throw new InvalidOperationException($"{Name}: {name} is {own}; it must be positive, or 0 to take KraitOptions.{name}."),
        0 => general,
        _ => own,
    };
}
