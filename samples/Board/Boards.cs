using Krait;

namespace Board;

/// <summary>The boards of this server. Thread-safe.</summary>
public sealed class Boards(BoardStore store)
{
    /// <remarks>
    /// Held from the change to the send, so that every page gets the changes in the order of the database. It is held only
    /// briefly: SQLite writes to a local file, and a room never waits for a client.
    /// </remarks>
    private readonly Lock gate = new();

    /// <summary>Reads a board. Creates it if there is none of that name.</summary>
    public BoardState Open(string board)
    {
        lock (gate)
            return store.Open(board);
    }

    /// <summary>Carries out a command, and sends the change to the room of the board.</summary>
    /// <exception cref="RefusedException">The command cannot be carried out.</exception>
    public void Change(string board, CardCommand command, string by, IRoom<BoardEvent> room)
    {
        lock (gate)
        {
            if (store.Apply(board, command) is { } change)
                room.Send(change with { By = by });
        }
    }
}
