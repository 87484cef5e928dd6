using System.Text.Json.Serialization;
using Krait;

namespace Board;

/// <summary>From the page. The reply is <see cref="Done"/> or <see cref="Problem"/>, with the same id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AddCard), "addCard")]
[JsonDerivedType(typeof(MoveCard), "moveCard")]
[JsonDerivedType(typeof(RenameCard), "renameCard")]
[JsonDerivedType(typeof(RemoveCard), "removeCard")]
[JsonDerivedType(typeof(Renew), "renew")]
public abstract record BoardCommand
{
    /// <summary>The page chooses it, to find the reply. Krait copies it to the reply.</summary>
    [CorrelationId]
    public int? Id { get; init; }
}

/// <summary>
/// A command about one card. The page chooses the id of a new card. So it can send a command again if it does not know whether
/// the server got it: the second one changes nothing.
/// </summary>
public abstract record CardCommand(Guid Card) : BoardCommand;

/// <summary>Adds a card at the end of a column. Its limit is stricter, because each card takes space in the database.</summary>
[RateLimit(1, Burst = 5, WhenOver = WhenOver.Refuse)]
public sealed record AddCard(Guid Card, string Column, string Title) : CardCommand(Card);

/// <summary>Moves a card before another one of the column, or to the end.</summary>
public sealed record MoveCard(Guid Card, string Column, Guid? Before = null) : CardCommand(Card);

public sealed record RenameCard(Guid Card, string Title) : CardCommand(Card);

public sealed record RemoveCard(Guid Card) : CardCommand(Card);

/// <summary>Keeps the connection open for longer, with a new token of the same user.</summary>
public sealed record Renew(string Token) : BoardCommand;
