namespace Krait.Generators.Specs;

/// <summary>A JsonSerializerContext of the project.</summary>
/// <param name="Name">Its name as a reference from anywhere.</param>
/// <param name="DisplayName">Its name in messages.</param>
/// <param name="Types">The types that it lists.</param>
internal sealed record JsonContextSpec(string Name, string DisplayName, EquatableArray<string> Types);
