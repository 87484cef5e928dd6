namespace Krait.Generators.Specs;

/// <summary>The names of a type. Unlike its symbol, they can be cached.</summary>
/// <param name="Reference">How generated code refers to it: qualified, nullable inside but not itself.</param>
/// <param name="Pattern">Its name in a pattern, where parentheses would match the elements of a tuple.</param>
/// <param name="Key">The type without nullable annotations and names in tuples: equal types have equal keys.</param>
/// <param name="DisplayName">How messages name it.</param>
internal sealed record TypeRef(string Reference, string Pattern, string Key, string DisplayName);
