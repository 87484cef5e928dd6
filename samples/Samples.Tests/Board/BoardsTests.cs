using Board;
using Krait;
using Microsoft.Extensions.Options;

namespace Samples.Tests.Board;

/// <summary>The code that the controller calls, with a room and clients that are fakes.</summary>
public sealed class BoardsTests : IDisposable
{
    private readonly BoardStore store = new(Options.Create(new BoardOptions { Database = ":memory:" }));
    private readonly Boards boards;
    private readonly IRoom<BoardEvent> room = new FakeRooms<BoardEvent>()["boards/demo"];
    private readonly FakeClient<BoardEvent> ada = new();
    private readonly FakeClient<BoardEvent> bo = new();

    public BoardsTests()
    {
        boards = new(store);
        boards.Open("demo");
        room.Join(ada);
        room.Join(bo);
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public void A_change_reaches_everybody_in_the_room_with_the_name_of_its_author()
    {
        var card = new Card(Guid.NewGuid(), "a");
        boards.Change("demo", new AddCard(card.Id, "todo", card.Title), "Ada", room);

        var told = new CardAdded("todo", card) { Version = 1, By = "Ada" };
        Assert.Equal([told], ada.Told);
        Assert.Equal([told], bo.Told);
    }

    [Fact]
    public void A_command_that_changes_nothing_is_not_sent()
    {
        boards.Change("demo", new RemoveCard(Guid.NewGuid()), "Ada", room);
        Assert.Throws<RefusedException>(() => boards.Change("demo", new RenameCard(Guid.NewGuid(), "a"), "Ada", room));

        Assert.Empty(ada.Told);
    }

    [Fact]
    public void Changes_of_many_threads_are_sent_in_the_order_of_the_database()
    {
        Parallel.For(0, 60, number => boards.Change("demo", new AddCard(Guid.NewGuid(), "todo", $"{number}"), "Ada", room));

        var told = ada.Told.Cast<CardAdded>().ToList();
        Assert.Equal(Enumerable.Range(1, 60).Select(version => (long)version), told.Select(change => change.Version));
        Assert.Equal(boards.Open("demo").Columns[0].Cards, told.Select(change => change.Card));
    }
}
