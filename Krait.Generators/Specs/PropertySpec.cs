namespace Krait.Generators.Specs;

/// <summary>A property of the messages of a type.</summary>
/// <param name="Type">The type; null if all messages have the property.</param>
/// <param name="Name">The name of the property.</param>
internal sealed record PropertySpec(TypeRef? Type, string Name);
