namespace Krait.Generators.Specs;

/// <summary>What a room does with messages of a type for a member that reads too slowly.</summary>
/// <param name="Type">The type; null if the policy is that of all messages.</param>
/// <param name="Policy">The name of the policy.</param>
/// <param name="Key">The property by which messages are conflated; null if there is none.</param>
internal sealed record PolicySpec(TypeRef? Type, string Policy, string? Key);
