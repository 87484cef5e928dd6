using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Krait.CompilerServices;

namespace Krait.Messaging;

/// <summary>Refuses a message that is not a case of the union, or is too large for its case, before any object is made.</summary>
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

    /// <summary>Lets a message pass that says a type of the union and is not too large for it.</summary>
    /// <returns>Whether it says its type before anything else.</returns>
    /// <exception cref="InvalidMessageException">It does not, or it is.</exception>
    public bool Check(ReadOnlySpan<byte> json)
    {
        var type = _scan.Find(json, out var isFirst);
        if (_limits is not null)
            MessageLimits.Demand(_limits[type], json.Length);

        return isFirst;
    }
}
