using System.Text.Json.Serialization.Metadata;

namespace Krait.Messaging;

/// <summary>Finds unions inside the messages of a union, whose discriminators may also be anywhere.</summary>
internal static class InnerUnions
{
    /// <summary>Whether a case of the union can contain a value of this or another union.</summary>
    public static bool AreIn(JsonTypeInfo union)
    {
        var seen = new HashSet<Type>();
        var unseen = new Stack<JsonTypeInfo>();
        foreach (var derived in union.PolymorphismOptions!.DerivedTypes)
            Push(derived.DerivedType);

        while (unseen.TryPop(out var info))
        {
            // The base may be a case of its union; then look at its properties.
            if (info.PolymorphismOptions is not null && info.Type != union.Type)
                return true;

            foreach (var held in Held(info))
            {
                if (held == union.Type)
                    return true;

                Push(held);
            }
        }

        return false;

        void Push(Type type)
        {
            if (seen.Add(type) && union.Options.TryGetTypeInfo(type, out var info))
                unseen.Push(info);
        }
    }

    private static IEnumerable<Type> Held(JsonTypeInfo info) =>
        info.Properties.Select(static property => property.PropertyType).Concat(info.ElementType is { } element ? [element] : []);
}
