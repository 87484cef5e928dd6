namespace Krait.Generators.Specs;

/// <summary>One of the types that a message may have.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">Its short name, unique among the cases.</param>
/// <param name="Discriminator">Its discriminator in JSON, a text or a number; null if it has none.</param>
internal sealed record CaseSpec(TypeRef Type, string Name, ConstantSpec? Discriminator);
