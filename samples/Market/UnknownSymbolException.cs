namespace Market;

/// <summary>No such stock is traded here.</summary>
public sealed class UnknownSymbolException() : Exception("No such stock is traded here.");
