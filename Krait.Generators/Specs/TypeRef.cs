namespace Krait.Generators.Specs;

/// <summary>A type by its names, which outlive its symbol.</summary>
/// <param name="Reference">How generated code refers to it: qualified, nullable inside but not itself.</param>
/// <param name="Pattern">How a pattern refers to it: a tuple in parentheses would be a pattern for its elements.</param>
/// <param name="Key">The type without nullable annotations and names in tuples: equal types have equal keys.</param>
/// <param name="DisplayName">How messages name it.</param>
internal sealed record TypeRef(string Reference, string Pattern, string Key, string DisplayName);
