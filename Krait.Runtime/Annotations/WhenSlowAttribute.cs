namespace Krait;

/// <summary>
/// Sets the policy of rooms for messages of this type if a member reads too slowly. Without the attribute, the policy is
/// <see cref="SlowReaderPolicy.Close"/>.
/// </summary>
/// <remarks>Derived types have the policy of their base unless they have their own.</remarks>
/// <param name="policy">The policy.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class WhenSlowAttribute(SlowReaderPolicy policy) : Attribute
{
    /// <summary>The policy.</summary>
    public SlowReaderPolicy Policy => policy;

    /// <summary>
    /// The name of the property that is the key: a newer message replaces a waiting one with an equal value. Only for
    /// <see cref="SlowReaderPolicy.Conflate"/>. Use a string, number, Guid, enum or record.
    /// </summary>
    public string? Key { get; set; }
}
