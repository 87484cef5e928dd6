namespace Krait.Generators.Specs;

/// <summary>A codec of the user's, with its type closed. One without a protocol serves all that no other does.</summary>
internal sealed record CodecSpec(string? Protocol, string Type, EquatableArray<ParameterSpec> Parameters);
