namespace Market;

/// <summary>The exchange does not have this stock.</summary>
public sealed class UnknownSymbolException() : Exception("No such stock is traded here.");
