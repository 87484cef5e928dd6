namespace Krait;

/// <summary>
/// Marks a type of messages that are sent uncompressed by controllers with
/// <see cref="WebSocketControllerAttribute.Compression"/>: those that hold secrets.
/// </summary>
/// <remarks>
/// Derived types, and types that implement a marked interface, are marked with it. Of a union each message counts by its own
/// type.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class UncompressedAttribute : Attribute;
