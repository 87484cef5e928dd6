using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Krait.Telemetry.Traffic;

namespace Krait.Messaging;

/// <summary>Finds the members of JSON messages that [Sensitive] marks, by the serializer's metadata.</summary>
/// <remarks>
/// It follows all types that a message can contain. If it cannot see the contents of one of them, because of a converter or an
/// <c>object</c>, every payload is hidden.
/// </remarks>
internal sealed class SensitiveMembers
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Type> _seen = [];
    private readonly JsonSerializerOptions _options;

    private readonly JsonTypeInfo _message;
    private readonly bool _hasMarkedCases;

    private SensitiveMembers(JsonTypeInfo message)
    {
        _message = message;
        _options = message.Options;
        _hasMarkedCases = message.PolymorphismOptions?.DerivedTypes.Any(static derived => IsMarked(derived.DerivedType)) == true;
    }

    /// <summary>The mask for messages of a type.</summary>
    public static PayloadMask MaskOf(JsonTypeInfo message)
    {
        var members = new SensitiveMembers(message);
        if (!members.Sees(message.Type))
            return PayloadMask.All;

        // A value that is a reference to another place is not where its member is.
        var refers = message.Options.ReferenceHandler is not null;
        return refers && members._names.Count > 0 ? PayloadMask.All : PayloadMask.Of(members._names);
    }

    private bool Sees(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (!_seen.Add(type))
            return type != _message.Type || !_hasMarkedCases; // a message inside a message has no member to hide
        if (IsPlain(type))
            return true;
        if (IsMarked(type) || !_options.TryGetTypeInfo(type, out var info))
            return false;

        return info.Kind switch
        {
            JsonTypeInfoKind.Object => info.Properties.All(Sees) && SeesDerived(info),
            JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary => info.ElementType is { } item && Sees(item),
            _ => false,
        };
    }

    // A marked type of the message's own union is hidden as a whole, so the others can be shown.
    private bool SeesDerived(JsonTypeInfo info) =>
        info.PolymorphismOptions is not { } union
        || union.DerivedTypes.All(derived =>
            (info.Type == _message.Type && IsMarked(derived.DerivedType)) || Sees(derived.DerivedType));

    private bool Sees(JsonPropertyInfo property)
    {
        if (property is { Get: null, Set: null, AssociatedParameter: null })
            return true; // is ignored
        if (property.AttributeProvider is not { } attributes)
            return false;

        if (IsMarked(attributes) || IsMarked(property.PropertyType))
        {
            _names.Add(property.Name);
            return !property.IsExtensionData; // whose members have names that only the client knows
        }

        return property.CustomConverter is null ? Sees(property.PropertyType) : IsPlain(property.PropertyType);
    }

    // A property that overrides a marked one has its mark; only Attribute.IsDefined looks there.
    private static bool IsMarked(ICustomAttributeProvider attributes) => attributes is MemberInfo member
        ? Attribute.IsDefined(member, typeof(SensitiveAttribute), inherit: true)
        : attributes.IsDefined(typeof(SensitiveAttribute), inherit: true);

    private static bool IsMarked(Type type) => Attribute.IsDefined(type, typeof(SensitiveAttribute), inherit: true);

    /// <summary>Whether values of the type have no members of their own.</summary>
    private static bool IsPlain(Type type) =>
        type.IsPrimitive
        || type.IsEnum
        || type == typeof(string)
        || type == typeof(decimal)
        || type == typeof(Guid)
        || type == typeof(Uri)
        || type == typeof(Version)
        || type == typeof(DateTime)
        || type == typeof(DateTimeOffset)
        || type == typeof(DateOnly)
        || type == typeof(TimeOnly)
        || type == typeof(TimeSpan)
        || type == typeof(Int128)
        || type == typeof(UInt128)
        || type == typeof(Half)
        || type == typeof(byte[])
        || type == typeof(ReadOnlyMemory<byte>)
        || type == typeof(Memory<byte>)
        || type == typeof(JsonElement)
        || type == typeof(JsonDocument)
        || typeof(JsonNode).IsAssignableFrom(type);
}
