using Microsoft.AspNetCore.Http;

namespace Krait;

/// <summary>Describes a controller to the runtime: its route, protocols and limits.</summary>
/// <remarks>Generated code creates it. It does not change afterwards.</remarks>
/// <typeparam name="TSelf">The controller.</typeparam>
public abstract class WebSocketControllerDescriptor<TSelf>
    where TSelf : class
{
    private protected WebSocketControllerDescriptor()
    {
    }

    /// <summary>The route pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>The subprotocols, best first; empty if the controller has none.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>Whether a client that offers none of <see cref="Protocols"/> is refused.</summary>
    public bool ProtocolRequired { get; init; } = true;

    /// <summary>
    /// The foreign origins that may connect, <c>*</c> for all; null uses <see cref="KraitOptions.AllowedOrigins"/>.
    /// </summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    /// <summary>How the controller gets messages: Queue or Event, never Inferred.</summary>
    public required MessageDelivery Delivery { get; init; }

    /// <summary>Whether messages are compressed if the client offers it.</summary>
    public bool Compression { get; init; }

    /// <summary>The maximum size of a received message, in bytes; 0 uses <see cref="KraitOptions.MaxMessageSize"/>.</summary>
    public int MaxMessageSize { get; init; }

    /// <summary>How many received messages may wait; 0 uses <see cref="KraitOptions.ReceiveQueueCapacity"/>.</summary>
    public int ReceiveQueueCapacity { get; init; }

    /// <summary>How many bytes of received messages may wait; 0 uses <see cref="KraitOptions.ReceiveBufferSize"/>.</summary>
    public int ReceiveBufferSize { get; init; }

    /// <summary>
    /// How many bytes may wait to be sent before sending waits; 0 uses <see cref="KraitOptions.SendBufferSize"/>.
    /// </summary>
    public int SendBufferSize { get; init; }

    /// <summary>How many streams of handlers may run at once; 0 uses <see cref="KraitOptions.MaxStreams"/>.</summary>
    public int MaxStreams { get; init; }

    /// <summary>The endpoint's metadata: the attributes of the class, constructed at compile time.</summary>
    public IReadOnlyList<object> Metadata { get; init; } = [];

    /// <summary>Builds the request handler of the endpoint.</summary>
    internal abstract RequestDelegate BuildEndpoint(IServiceProvider services);
}
