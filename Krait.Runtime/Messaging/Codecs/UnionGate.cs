using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Krait.CompilerServices;

namespace Krait.Messaging;

/// <summary>Refuses a message that is not a case of the union, or is too large for its case, before deserializing it.</summary>
internal sealed class UnionGate
{
    private readonly DiscriminatorScan _scan;
    private readonly Dictionary<Type, int>? _limits;

    public UnionGate(
        Type union, JsonPolymorphismOptions metadata, JsonSerializerOptions options, ReadOnlySpan<MessageLimit> limits)
    {
        _scan = new(union, metadata, options);
        if (limits.IsEmpty)
            return;

        _limits = new() { [union] = MessageLimits.Of(union, limits) };
        foreach (var derived in metadata.DerivedTypes)
            _limits[derived.DerivedType] = MessageLimits.Of(derived.DerivedType, limits);
    }

    /// <summary>Returns the type of a message.</summary>
    /// <exception cref="InvalidMessageException">It has no discriminator of the union.</exception>
    public Type TypeOf(ReadOnlySpan<byte> json) => _scan.Find(json, out _);

    /// <summary>Checks that a message has a discriminator of the union and is not too large for its type.</summary>
    /// <returns>Whether the discriminator is its first property.</returns>
    /// <exception cref="InvalidMessageException">It has no such discriminator, or it is too large.</exception>
    public bool Check(ReadOnlySpan<byte> json)
    {
        var type = _scan.Find(json, out var isFirst);
        if (_limits is not null)
            MessageLimits.Demand(_limits[type], json.Length);

        return isFirst;
    }
}
