namespace Krait;

/// <summary>
/// Marks a type of messages that contain secrets. Controllers with <see cref="WebSocketControllerAttribute.Compression"/> send
/// them uncompressed.
/// </summary>
/// <remarks>
/// The mark also applies to derived types, and to types that implement a marked interface. In a union, the type of each message
/// decides.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class UncompressedAttribute : Attribute;
