using System.Net;
using Board;
using Krait.Runtime.Tests.EndToEnd;

namespace Samples.Tests.Board;

/// <summary>Servers that start and stop, on real sockets and with a database on disk.</summary>
public sealed class BoardServerTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("board");

    private string Database => Path.Combine(directory.FullName, "board.db");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task A_move_is_seen_by_the_others()
    {
        await using var server = await BoardServer.OnSocketAsync(Database);
        using var ada = await server.EnterAsync("Ada");
        using var bo = await server.EnterAsync("Bo");
        var card = Guid.NewGuid();
        await ada.DoAsync(new AddCard(card, "todo", "a"));
        await ada.DoAsync(new MoveCard(card, "done"));

        await bo.HearAsync<CardAdded>();
        Assert.Equal(new CardMoved(card, "done", Before: null) { Version = 2, By = "Ada" }, await bo.HearAsync<CardMoved>());
    }

    [Fact]
    public async Task A_restart_keeps_the_cards_and_the_token()
    {
        var card = new Card(Guid.NewGuid(), "a");
        string token;
        await using (var server = await BoardServer.OnSocketAsync(Database))
        {
            token = server.TokenOf("Ada");
            using var ada = await server.EnterAsync("Ada");
            await ada.DoAsync(new AddCard(card.Id, "doing", card.Title));
        }

        await using var restarted = await BoardServer.OnSocketAsync(Database);
        using var back = new BoardClient(await restarted.ConnectAsync("demo", token));
        await back.EnterAsync();

        Assert.Equal([card], back.Welcome.Board.Columns[1].Cards);
        await back.DoAsync(new AddCard(card.Id, "doing", card.Title)); // sent again, since the page may have missed the reply
        Assert.Equal(1, back.Welcome.Board.Version);
    }

    [Fact]
    public async Task A_server_that_stops_says_when_to_come_back_and_closes_with_1012()
    {
        await using var server = await BoardServer.OnSocketAsync(Database);
        using var ada = await server.EnterAsync("Ada");
        var stopping = server.StopAsync();

        Assert.InRange((await ada.HearAsync<GoAway>()).Seconds, 0, 3);
        Assert.Equal(1012, await ada.HearCloseAsync());
        await ada.CloseAsync();
        await stopping.InTime();
    }

    [Theory]
    [InlineData("/ready")]
    [InlineData("/live")]
    public async Task A_server_says_that_it_is_ready_and_alive(string path)
    {
        await using var server = await BoardServer.OnSocketAsync(Database);
        using var answer = await server.Http.GetAsync(path, Cancelled);

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled)));
    }
}
