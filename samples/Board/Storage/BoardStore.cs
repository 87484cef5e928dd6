using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Board;

/// <summary>The boards in a SQLite database. Not thread-safe: <see cref="Boards"/> guards it.</summary>
public sealed partial class BoardStore : IDisposable
{
    private readonly SqliteConnection database;

    /// <summary>Opens the database, and makes it if the file is missing.</summary>
    public BoardStore(IOptions<BoardOptions> options)
    {
        var path = options.Value.Database;
        database = new(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, Pooling = false }.ToString());
        database.Open();
        database.Execute($"""
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS boards (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS columns (
                board TEXT NOT NULL REFERENCES boards, id TEXT NOT NULL, title TEXT NOT NULL, position INTEGER NOT NULL,
                PRIMARY KEY (board, id)) STRICT;
            CREATE TABLE IF NOT EXISTS cards (
                board TEXT NOT NULL, id TEXT NOT NULL, in_column TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
                PRIMARY KEY (board, id), FOREIGN KEY (board, in_column) REFERENCES columns) STRICT;
            """);
    }

    /// <summary>Reads a board. Creates it with three columns if there is none of that name.</summary>
    public BoardState Open(string board)
    {
        using var transaction = database.BeginTransaction();
        if (database.Execute($"INSERT INTO boards VALUES ({board}, 0) ON CONFLICT DO NOTHING") == 1)
        {
            database.Execute($"""
                INSERT INTO columns VALUES
                    ({board}, 'todo', 'To do', 1), ({board}, 'doing', 'Doing', 2), ({board}, 'done', 'Done', 3)
                """);
        }

        var version = database.Number($"SELECT version FROM boards WHERE name = {board}");
        var state = new BoardState(version!.Value, Columns(board));
        transaction.Commit();
        return state;
    }

    public void Dispose() => database.Dispose();

    private List<Column> Columns(string board)
    {
        var cards = database.Query(
            $"SELECT in_column, id, title FROM cards WHERE board = {board} ORDER BY position",
            static row => (Column: row.GetString(0), Card: new Card(row.GetGuid(1), row.GetString(2))))
            .ToLookup(static row => row.Column, static row => row.Card);
        return database.Query(
            $"SELECT id, title FROM columns WHERE board = {board} ORDER BY position",
            row => new Column(row.GetString(0), row.GetString(1), [.. cards[row.GetString(0)]]));
    }
}
