namespace Krait.Generators.Specs;

/// <summary>A codec of the user's that reads or writes messages.</summary>
/// <param name="Protocol">The subprotocol that it serves; null if it serves all for which no other does.</param>
/// <param name="Type">Its type, closed, as a reference.</param>
/// <param name="Parameters">What its constructor is given.</param>
internal sealed record CodecSpec(string? Protocol, string Type, EquatableArray<ParameterSpec> Parameters);
