namespace Board;

/// <summary>A board as it is in the database.</summary>
/// <param name="Version">The number of changes so far.</param>
/// <param name="Columns">From left to right.</param>
public sealed record BoardState(long Version, IReadOnlyList<Column> Columns);

/// <summary>A column, with its cards from top to bottom.</summary>
public sealed record Column(string Id, string Title, IReadOnlyList<Card> Cards);

public sealed record Card(Guid Id, string Title);
