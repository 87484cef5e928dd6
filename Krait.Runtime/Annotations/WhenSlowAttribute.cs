namespace Krait;

/// <summary>
/// Says what a room does with messages of this type for a member that reads too slowly; without it,
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
    /// The name of the property whose value tells messages of this type apart; for <see cref="SlowReaderPolicy.Conflate"/> only.
    /// Its type compares by value.
    /// </summary>
    public string? Key { get; set; }
}
