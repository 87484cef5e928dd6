namespace Krait.Generators.Specs;

/// <summary>A JsonSerializerContext of the project: a reference to it, its name in messages, and the types that it lists.</summary>
internal sealed record JsonContextSpec(string Name, string DisplayName, EquatableArray<string> Types);
