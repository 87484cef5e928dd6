using Board;
using Microsoft.Extensions.Options;

namespace Samples.Tests.Board;

/// <summary>The rules of a board, in a database in memory.</summary>
public sealed class BoardStoreTests : IDisposable
{
    private const string Name = "demo";

    private readonly BoardStore store = new(Options.Create(new BoardOptions { Database = ":memory:" }));

    public BoardStoreTests() => store.Open(Name);

    public void Dispose() => store.Dispose();

    [Fact]
    public void A_new_board_has_three_empty_columns()
    {
        var board = store.Open("new");

        Assert.Equal(["To do", "Doing", "Done"], board.Columns.Select(column => column.Title));
        Assert.All(board.Columns, column => Assert.Empty(column.Cards));
        Assert.Equal(0, board.Version);
    }

    [Fact]
    public void A_card_is_added_at_the_end_without_the_spaces_around_it()
    {
        Add("first");
        Add(" second ");

        Assert.Equal("first second", Cards("todo"));
    }

    [Theory]
    [InlineData("todo", "c", "a", "c a b")] // up
    [InlineData("todo", "a", "c", "b a c")] // down
    [InlineData("todo", "a", null, "b c a")] // to the end
    [InlineData("todo", "b", "c", "a b c")] // where it is
    [InlineData("todo", "b", "b", "a b c")] // before itself
    [InlineData("done", "b", "x", "b x")]
    [InlineData("done", "b", null, "x b")]
    [InlineData("done", "b", "c", "x b")] // before a card of another column
    public void A_card_moves_before_another_one_or_to_the_end(string column, string moved, string? before, string expected)
    {
        var ids = new Dictionary<string, Guid> { ["a"] = Add("a"), ["b"] = Add("b"), ["c"] = Add("c"), ["x"] = Add("x", "done") };

        store.Apply(Name, new MoveCard(ids[moved], column, before is null ? null : ids[before]));

        Assert.Equal(expected, Cards(column));
    }

    [Fact]
    public void Every_change_has_the_next_version()
    {
        var card = Guid.NewGuid();

        Assert.Equal(1, store.Apply(Name, new AddCard(card, "todo", "a"))!.Version);
        Assert.Equal(2, store.Apply(Name, new RenameCard(card, "b"))!.Version);
        Assert.Equal(2, store.Open(Name).Version);
    }

    [Fact]
    public void A_command_that_comes_twice_changes_nothing_the_second_time()
    {
        var card = Add("a");
        store.Apply(Name, new RenameCard(card, "b"));

        Assert.Null(store.Apply(Name, new AddCard(card, "todo", "a")));
        Assert.Equal("b", Cards("todo"));

        store.Apply(Name, new RemoveCard(card));
        Assert.Null(store.Apply(Name, new RemoveCard(card)));
    }

    [Fact]
    public void A_card_that_was_removed_can_be_neither_moved_nor_renamed()
    {
        var card = Add("a");
        store.Apply(Name, new RemoveCard(card));

        Refuses(new MoveCard(card, "done"));
        Refuses(new RenameCard(card, "b"));
    }

    [Fact]
    public void A_card_of_another_board_is_out_of_reach()
    {
        var card = Add("a");
        store.Open("other");

        Assert.Throws<RefusedException>(() => store.Apply("other", new RenameCard(card, "b")));
        Assert.Null(store.Apply("other", new RemoveCard(card)));
        Assert.Equal("a", Cards("todo"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    public void A_title_that_is_none_is_refused(string title)
    {
        Refuses(new AddCard(Guid.NewGuid(), "todo", title));
        Refuses(new RenameCard(Add("a"), title));
    }

    [Fact]
    public void A_title_has_at_most_200_characters()
    {
        Add(new string('a', 200));
        Refuses(new AddCard(Guid.NewGuid(), "todo", new string('a', 201)));
    }

    [Fact]
    public void There_is_no_way_into_a_column_that_does_not_exist()
    {
        Refuses(new AddCard(Guid.NewGuid(), "nowhere", "a"));
        Refuses(new MoveCard(Add("a"), "nowhere"));
    }

    [Fact]
    public void A_column_that_is_full_takes_no_card_but_its_own_can_move()
    {
        var first = Add("a", "done");
        for (var count = 1; count < BoardStore.MaxCards; count++)
            Add("b", "done");

        Refuses(new AddCard(Guid.NewGuid(), "done", "c"));
        Refuses(new MoveCard(Add("c"), "done"));
        store.Apply(Name, new MoveCard(first, "done"));
        Assert.EndsWith("b a", Cards("done"), StringComparison.Ordinal);
    }

    private Guid Add(string title, string column = "todo")
    {
        var card = Guid.NewGuid();
        store.Apply(Name, new AddCard(card, column, title));
        return card;
    }

    private string Cards(string column) =>
        string.Join(' ', store.Open(Name).Columns.Single(one => one.Id == column).Cards.Select(card => card.Title));

    /// <summary>Checks that a command is refused and changes nothing.</summary>
    private void Refuses(CardCommand command)
    {
        var version = store.Open(Name).Version;
        Assert.Throws<RefusedException>(() => store.Apply(Name, command));
        Assert.Equal(version, store.Open(Name).Version);
    }
}
