using System.Diagnostics;

namespace Board;

/// <summary>Changes of boards.</summary>
/// <remarks>The positions of cards only grow from top to bottom; there may be gaps between them.</remarks>
public sealed partial class BoardStore
{
    /// <summary>The most cards in a column, so that a board stays small enough to send it whole.</summary>
    public const int MaxCards = 100;

    /// <summary>Carries out a command in one transaction.</summary>
    /// <returns>The change; null if there is nothing to change, for example because the command comes a second time.</returns>
    /// <exception cref="RefusedException">The command cannot be carried out. Nothing has changed.</exception>
    public BoardChange? Apply(string board, CardCommand command)
    {
        using var transaction = database.BeginTransaction(); // rolls back unless it is committed
        BoardChange? change = command switch
        {
            AddCard add => Add(board, add),
            MoveCard move => Move(board, move),
            RenameCard rename => Rename(board, rename),
            RemoveCard remove => Remove(board, remove),
            _ => throw new UnreachableException("The union has no other command about a card."),
        };
        if (change is null)
            return null;

        var version = database.Number($"UPDATE boards SET version = version + 1 WHERE name = {board} RETURNING version");
        transaction.Commit();
        return change with { Version = version!.Value };
    }

    private CardAdded? Add(string board, AddCard command)
    {
        if (Exists(board, command.Card))
            return null;

        var card = new Card(command.Card, Title(command.Title));
        CheckRoom(board, command.Column, command.Card);
        var position = End(board, command.Column);
        database.Execute($"""
            INSERT INTO cards (board, id, in_column, position, title)
            VALUES ({board}, {card.Id}, {command.Column}, {position}, {card.Title})
            """);
        return new(command.Column, card);
    }

    private CardMoved? Move(string board, MoveCard command)
    {
        if (!Exists(board, command.Card))
            throw new RefusedException("Somebody has removed this card.");

        if (command.Before == command.Card)
            return null;

        CheckRoom(board, command.Column, command.Card);
        var place = command.Before is { } next ? PlaceOf(board, command.Column, next) : null; // null if that card is gone
        var position = place ?? End(board, command.Column);
        database.Execute($"""
            UPDATE cards SET position = position + 1
            WHERE board = {board} AND in_column = {command.Column} AND position >= {position}
            """);
        database.Execute($"""
            UPDATE cards SET in_column = {command.Column}, position = {position}
            WHERE board = {board} AND id = {command.Card}
            """);
        return new(command.Card, command.Column, place is null ? null : command.Before);
    }

    private CardRenamed Rename(string board, RenameCard command)
    {
        var title = Title(command.Title);
        if (database.Execute($"UPDATE cards SET title = {title} WHERE board = {board} AND id = {command.Card}") == 0)
            throw new RefusedException("Somebody has removed this card.");

        return new(command.Card, title);
    }

    private CardRemoved? Remove(string board, RemoveCard command) =>
        database.Execute($"DELETE FROM cards WHERE board = {board} AND id = {command.Card}") == 0 ? null : new(command.Card);

    private static string Title(string text) =>
        BoardText.IsTitle(text)
            ? text.Trim()
            : throw new RefusedException($"A card has 1 to {BoardText.MaxTitleLength} characters, in one line.");

    private bool Exists(string board, Guid card) =>
        database.Number($"SELECT 1 FROM cards WHERE board = {board} AND id = {card}") is not null;

    private long? PlaceOf(string board, string column, Guid card) =>
        database.Number($"SELECT position FROM cards WHERE board = {board} AND in_column = {column} AND id = {card}");

    private long End(string board, string column) =>
        database.Number($"""
            SELECT coalesce(max(position), 0) + 1 FROM cards WHERE board = {board} AND in_column = {column}
            """)!.Value;

    private void CheckRoom(string board, string column, Guid card)
    {
        if (database.Number($"SELECT 1 FROM columns WHERE board = {board} AND id = {column}") is null)
            throw new RefusedException("There is no such column.");

        var others = database.Number(
            $"SELECT count(*) FROM cards WHERE board = {board} AND in_column = {column} AND id <> {card}");
        if (others >= MaxCards)
            throw new RefusedException("This column is full.");
    }
}
