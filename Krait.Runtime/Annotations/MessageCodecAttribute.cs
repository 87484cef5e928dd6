namespace Krait;

/// <summary>
/// Names what reads and writes the messages of a controller: a class with <see cref="IMessageDecoder{T}"/>,
/// <see cref="IMessageEncoder{T}"/> or both.
/// </summary>
/// <remarks>
/// A codec serves receiving where it decodes what the controller receives, and sending where it encodes what the controller
/// sends. One thread-safe instance serves every connection of an endpoint; the parameters of its constructor are singletons. The
/// class is completed at compile time; nothing reads this attribute at run time.
/// </remarks>
/// <param name="codec">
/// The codec; an open generic one, such as <c>typeof(PackCodec&lt;&gt;)</c>, is closed over the message type.
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
