namespace Krait.Generators.Specs;

/// <summary>A JsonSerializerContext of the project: a reference to it, its name in messages, the types that it lists, and whether the serializer's generator completes it.</summary>
internal sealed record JsonContextSpec(string Name, string DisplayName, EquatableArray<string> Types, bool CanBeUsed);
