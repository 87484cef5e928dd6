using Board;
using Krait.Runtime.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;

namespace Samples.Tests.Board;

/// <summary>Clients of one board, in memory.</summary>
public sealed class BoardControllerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private BoardServer server = null!;

    public async ValueTask InitializeAsync() => server = await BoardServer.InMemoryAsync(clock);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_client_that_enters_gets_the_board_and_the_people()
    {
        using var ada = await server.EnterAsync("Ada");
        var card = new Card(Guid.NewGuid(), "a");
        await ada.DoAsync(new AddCard(card.Id, "doing", card.Title));
        using var bo = await server.EnterAsync("Bo");

        Assert.Equal(new("BO", "Bo"), bo.Welcome.You);
        Assert.Equal([new("ADA", "Ada"), new("BO", "Bo")], bo.Welcome.People.OrderBy(person => person.Name));
        Assert.Equal([card], bo.Welcome.Board.Columns[1].Cards);
        Assert.Equal(1, bo.Welcome.Board.Version);
    }

    [Fact]
    public async Task The_others_see_who_comes_and_who_leaves()
    {
        using var ada = await server.EnterAsync("Ada");
        using var bo = await server.EnterAsync("Bo");

        Assert.Equal([bo.Welcome.You], (await HearPeopleAsync(ada)).Joined);
        await bo.CloseAsync();
        Assert.Equal([bo.Welcome.You], (await HearPeopleAsync(ada)).Left);
    }

    [Fact]
    public async Task The_sender_of_a_command_gets_the_change_before_the_reply()
    {
        using var ada = await server.EnterAsync("Ada");
        var card = new Card(Guid.NewGuid(), "a");
        var id = await ada.TellAsync(new AddCard(card.Id, "todo", card.Title));

        Assert.Equal(new CardAdded("todo", card) { Version = 1, By = "Ada" }, await ada.HearAsync<CardAdded>());
        Assert.Equal(id, (await ada.HearAsync<Done>()).Id);
    }

    [Fact]
    public async Task A_command_that_comes_twice_gets_two_replies_but_is_carried_out_once()
    {
        using var ada = await server.EnterAsync("Ada");
        using var bo = await server.EnterAsync("Bo");
        var add = new AddCard(Guid.NewGuid(), "todo", "a");
        await ada.DoAsync(add);
        await ada.DoAsync(add);
        await ada.DoAsync(new RenameCard(add.Card, "b"));

        await bo.HearAsync<CardAdded>();
        await bo.HearAsync<CardRenamed>();
    }

    [Fact]
    public async Task A_command_about_an_unknown_card_is_answered_with_a_problem_of_its_id()
    {
        using var ada = await server.EnterAsync("Ada");

        var problem = Assert.IsType<Problem>(await ada.AskAsync(new MoveCard(Guid.NewGuid(), "done")));
        Assert.Equal("Somebody has removed this card.", problem.Text);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"type":"addCard"}""")]
    [InlineData("""{"type":"addCard","card":"1","column":"todo","title":"a"}""")]
    [InlineData("""{"type":"sing"}""")]
    public async Task A_message_that_is_no_command_is_answered_with_a_problem_and_the_connection_goes_on(string text)
    {
        using var ada = await server.EnterAsync("Ada");
        await ada.SayAsync(text);

        Assert.NotEmpty((await ada.HearAsync<Problem>()).Text);
        await ada.DoAsync(new AddCard(Guid.NewGuid(), "todo", "a"));
    }

    [Fact]
    public async Task Cards_that_come_too_fast_are_refused_and_can_be_sent_again_later()
    {
        using var ada = await server.EnterAsync("Ada");
        for (var count = 0; count < 5; count++)
            await ada.DoAsync(new AddCard(Guid.NewGuid(), "todo", "a"));

        var refused = new AddCard(Guid.NewGuid(), "todo", "b");
        await ada.TellAsync(refused);
        var wait = TimeSpan.FromSeconds((await ada.HearAsync<TooFast>()).Seconds);
        await ada.DoAsync(new RemoveCard(Guid.NewGuid())); // other commands have no limit of their own

        Assert.InRange(wait, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        clock.Advance(wait);
        await ada.DoAsync(refused);
    }

    [Fact]
    public async Task Boards_do_not_share_cards_or_people()
    {
        using var ada = await server.EnterAsync("Ada", "first");
        await ada.DoAsync(new AddCard(Guid.NewGuid(), "todo", "a"));
        using var bo = await server.EnterAsync("Bo", "second");

        Assert.Equal([bo.Welcome.You], bo.Welcome.People);
        Assert.Empty(bo.Welcome.Board.Columns[0].Cards);
    }

    private async Task<PeopleChanged> HearPeopleAsync(BoardClient client)
    {
        var heard = client.HearAsync<PeopleChanged>();
        await clock.MoveUntil(TimeSpan.FromMilliseconds(250), heard);
        return await heard;
    }
}
