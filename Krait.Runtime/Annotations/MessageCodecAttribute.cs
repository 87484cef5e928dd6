namespace Krait;

/// <summary>
/// Sets the codec that reads or writes the messages of a controller: a class with <see cref="IMessageDecoder{T}"/>,
/// <see cref="IMessageEncoder{T}"/> or both.
/// </summary>
/// <remarks>
/// Krait reads messages with the codec if it decodes the received type, and writes them with it if it encodes the sent type. One
/// thread-safe instance serves every connection of an endpoint; the parameters of its constructor are singletons. Krait reads
/// this attribute only at compile time.
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
    /// The one subprotocol whose connections it serves, among <see cref="WebSocketControllerAttribute.Protocols"/>; null serves
    /// those for which no other codec is named.
    /// </summary>
    public string? Protocol { get; set; }
}
