namespace Krait;

/// <summary>
/// Limits the size of received messages of a type, below the limit of the connection. A larger message causes an
/// <see cref="InvalidMessageException"/> of kind TooLarge.
/// </summary>
/// <remarks>
/// On a type of a union it limits only that type; on the union's base it limits the types that have no limit of their own.
/// </remarks>
/// <param name="bytes">The largest payload, in bytes; positive.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class MaxMessageSizeAttribute(int bytes) : Attribute
{
    /// <summary>The largest payload, in bytes.</summary>
    public int Bytes { get; } = bytes;
}
