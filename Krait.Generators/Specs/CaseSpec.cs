namespace Krait.Generators.Specs;

/// <summary>One of the types that a message may have.</summary>
/// <param name="Type">The type as a reference.</param>
/// <param name="Name">Its short name, unique among the cases.</param>
/// <param name="Discriminator">What stands for it in JSON, as an expression; null if nothing does.</param>
internal sealed record CaseSpec(string Type, string Name, string? Discriminator);
