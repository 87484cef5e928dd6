namespace Board;

/// <summary>Somebody changed the board. Everybody in the room gets it, also the one who did it.</summary>
public abstract record BoardChange : BoardEvent
{
    /// <summary>
    /// One more than that of the change before. The page ignores a change that its snapshot already has, which happens when
    /// somebody changes the board while the page connects.
    /// </summary>
    public long Version { get; init; }

    /// <summary>The name of the user who did it.</summary>
    public string By { get; init; } = "";
}

public sealed record CardAdded(string Column, Card Card) : BoardChange;

/// <summary>The card is now before another one of the column, or at its end.</summary>
public sealed record CardMoved(Guid Card, string Column, Guid? Before) : BoardChange;

public sealed record CardRenamed(Guid Card, string Title) : BoardChange;

public sealed record CardRemoved(Guid Card) : BoardChange;
