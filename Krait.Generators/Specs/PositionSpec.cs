namespace Krait.Generators.Specs;

/// <summary>Where messages of a type have their position in a room.</summary>
/// <param name="Type">The type; null if the property is that of all messages.</param>
/// <param name="Property">The property.</param>
/// <param name="IsAssigned">Whether the position is assigned, because the message is a class that is not a record.</param>
internal sealed record PositionSpec(TypeRef? Type, string Property, bool IsAssigned);
