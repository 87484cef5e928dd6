namespace Krait;

/// <summary>Makes a partial class the controller of WebSocket connections: one instance serves one connection.</summary>
/// <remarks>Krait completes the class at compile time. Nothing reads this attribute at run time.</remarks>
/// <param name="pattern">The route pattern, such as <c>/chat/{room}</c>. Krait binds its values to parameters by name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WebSocketControllerAttribute(string pattern) : Attribute
{
    /// <summary>The route pattern.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>The subprotocols that the controller speaks, comma-separated, best first; none by default.</summary>
    /// <remarks>Each is a token of RFC 6455, section 4.1, and is case-sensitive.</remarks>
    public string? Protocols { get; set; }

    /// <summary>Whether a client that offers none of <see cref="Protocols"/> is refused with 400; true by default.</summary>
    public bool ProtocolRequired { get; set; } = true;

    /// <summary>
    /// The foreign origins that may connect, comma-separated, <c>*</c> for all; null uses
    /// <see cref="KraitOptions.AllowedOrigins"/>.
    /// </summary>
    public string? AllowedOrigins { get; set; }

    /// <summary>How messages reach the controller; inferred from its handlers by default.</summary>
    public MessageDelivery Delivery { get; set; }

    /// <summary>The type of received messages; inferred from the handlers by default, else <see cref="string"/>.</summary>
    public Type? Receives { get; set; }

    /// <summary>
    /// The type of sent messages; by default inferred from the replies of the handlers and from the rooms in the constructor,
    /// else <see cref="string"/>.
    /// </summary>
    public Type? Sends { get; set; }

    /// <summary>
    /// The <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> that describes the JSON messages; found in the
    /// project by default.
    /// </summary>
    public Type? JsonContext { get; set; }

    /// <summary>
    /// Whether messages are compressed if the client offers it (permessage-deflate, RFC 7692); false by default.
    /// </summary>
    /// <remarks>
    /// The length of compressed text reveals its content: an attacker whose text is sent together with a secret can guess
    /// the secret (CRIME, BREACH). Mark messages that contain secrets with <see cref="UncompressedAttribute"/>.
    /// </remarks>
    public bool Compression { get; set; }

    /// <summary>The maximum size of a received message, in bytes; 0 uses <see cref="KraitOptions.MaxMessageSize"/>.</summary>
    public int MaxMessageSize { get; set; }

    /// <summary>How many received messages may wait; 0 uses <see cref="KraitOptions.ReceiveQueueCapacity"/>.</summary>
    public int ReceiveQueueCapacity { get; set; }

    /// <summary>How many bytes of received messages may wait; 0 uses <see cref="KraitOptions.ReceiveBufferSize"/>.</summary>
    public int ReceiveBufferSize { get; set; }

    /// <summary>
    /// How many bytes may wait to be sent before sending waits; 0 uses <see cref="KraitOptions.SendBufferSize"/>.
    /// </summary>
    public int SendBufferSize { get; set; }

    /// <summary>How many streams of handlers may run at once; 0 uses <see cref="KraitOptions.MaxStreams"/>.</summary>
    public int MaxStreams { get; set; }
}
