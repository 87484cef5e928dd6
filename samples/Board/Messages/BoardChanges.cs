namespace Board;

/// <summary>A user changed the board. All members of the room get it, also the page that sent the command.</summary>
public abstract record BoardChange : BoardEvent
{
    /// <summary>
    /// The number of this change, one more than that of the change before. If a user changes the board while the page connects,
    /// the page's snapshot may already contain the change. Then the page ignores it.
    /// </summary>
    public long Version { get; init; }

    /// <summary>The name of the user.</summary>
    public string By { get; init; } = "";
}

public sealed record CardAdded(string Column, Card Card) : BoardChange;

/// <summary>The card is now in the column, before another card or at the end.</summary>
public sealed record CardMoved(Guid Card, string Column, Guid? Before) : BoardChange;

public sealed record CardRenamed(Guid Card, string Title) : BoardChange;

public sealed record CardRemoved(Guid Card) : BoardChange;
