namespace Krait;

/// <summary>
/// Sets the codec that reads or writes the messages of a controller: a class with <see cref="IMessageDecoder{T}"/>,
/// <see cref="IMessageEncoder{T}"/> or both.
/// </summary>
/// <remarks>
/// Krait reads messages with the codec if it decodes the received type. Krait writes messages with the codec if it encodes the
/// sent type. One instance serves every connection of an endpoint, so it must be thread-safe. Its constructor can take singleton
/// services. Krait reads this attribute only at compile time.
/// </remarks>
/// <param name="codec">
/// The codec. For an open generic one, such as <c>typeof(PackCodec&lt;&gt;)</c>, Krait fills in the message type.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MessageCodecAttribute(Type codec) : Attribute
{
    /// <summary>The codec.</summary>
    public Type Codec { get; } = codec;

    /// <summary>
    /// The subprotocol of the connections that the codec serves, one of <see cref="WebSocketControllerAttribute.Protocols"/>.
    /// With null, the codec serves all connections that no other codec serves.
    /// </summary>
    public string? Protocol { get; set; }
}
