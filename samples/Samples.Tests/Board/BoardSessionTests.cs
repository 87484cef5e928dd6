using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Board;
using Microsoft.Extensions.Time.Testing;

namespace Samples.Tests.Board;

/// <summary>Logins and tokens, on real sockets.</summary>
public sealed class BoardSessionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private BoardServer server = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await BoardServer.OnSocketAsync(clock: clock);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_login_gives_a_token_that_opens_a_board()
    {
        var session = await server.LogInAsync(" Ada ");
        using var ada = new BoardClient(await server.ConnectAsync("demo", session.Token));
        await ada.EnterAsync();

        Assert.Equal("Ada", session.Name);
        Assert.Equal(new("ADA", "Ada"), ada.Welcome.You);
    }

    [Theory]
    [InlineData("Ada", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Ada", "", HttpStatusCode.Unauthorized)]
    [InlineData(" ", "krait", HttpStatusCode.BadRequest)]
    [InlineData("a name of 25 characters..", "krait", HttpStatusCode.BadRequest)]
    public async Task A_login_needs_the_password_and_a_name(string name, string password, HttpStatusCode expected)
    {
        using var answer = await server.Http.PostAsJsonAsync("/login", new LoginRequest(name, password), Cancelled);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_connection_without_a_token_or_with_a_forged_one_is_refused_with_401()
    {
        var parts = server.TokenOf("Ada").Split('.');
        var forged = string.Join('.', parts[0], server.TokenOf("Bo").Split('.')[1], parts[2]);

        await RefusesAsync(HttpStatusCode.Unauthorized, null);
        await RefusesAsync(HttpStatusCode.Unauthorized, "nonsense");
        await RefusesAsync(HttpStatusCode.Unauthorized, forged);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused_with_401()
    {
        var token = server.TokenOf("Ada");
        clock.Advance(TimeSpan.FromMinutes(5));

        await RefusesAsync(HttpStatusCode.Unauthorized, token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RenewAsync(token)).StatusCode);
    }

    [Theory]
    [InlineData("Demo")]
    [InlineData("33-letters-and-hyphens-are-too-many")]
    [InlineData("a%20b")]
    public async Task A_board_s_name_that_is_none_is_refused_with_404(string board) =>
        await RefusesAsync(HttpStatusCode.NotFound, server.TokenOf("Ada"), board);

    [Fact]
    public async Task A_connection_whose_token_expires_is_closed_with_4401()
    {
        using var ada = await server.EnterAsync("Ada");
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(BoardApplication.TokenExpired, await ada.HearCloseAsync());
    }

    [Fact]
    public async Task The_page_gets_an_event_30_s_before_its_token_expires_and_again_after_a_renewal()
    {
        using var ada = await server.EnterAsync("Ada");
        clock.Advance(TimeSpan.FromSeconds(269));
        await ada.DoAsync(new AddCard(Guid.NewGuid(), "todo", "a"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await ada.HearAsync<Expiring>();
        await ada.DoAsync(new Renew(server.TokenOf("Ada")));

        clock.Advance(TimeSpan.FromSeconds(269));
        await ada.DoAsync(new AddCard(Guid.NewGuid(), "todo", "b"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await ada.HearAsync<Expiring>();
    }

    [Fact]
    public async Task A_connection_that_begins_with_an_old_token_hears_at_once_that_it_expires()
    {
        var token = server.TokenOf("Ada");
        clock.Advance(TimeSpan.FromSeconds(280));
        using var ada = new BoardClient(await server.ConnectAsync("demo", token));

        await ada.EnterAsync();
        await ada.HearAsync<Expiring>();
    }

    [Fact]
    public async Task A_connection_that_is_renewed_lasts_as_long_as_the_new_token()
    {
        var session = await server.LogInAsync("Ada");
        using var ada = new BoardClient(await server.ConnectAsync("demo", session.Token));
        clock.Advance(TimeSpan.FromMinutes(4));
        var renewed = await (await RenewAsync(session.Token)).Content.ReadFromJsonAsync<Session>(Cancelled);
        await ada.EnterAsync();
        await ada.DoAsync(new Renew(renewed!.Token));

        clock.Advance(TimeSpan.FromMinutes(4));
        await ada.DoAsync(new AddCard(Guid.NewGuid(), "todo", "a"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BoardApplication.TokenExpired, await ada.HearCloseAsync());
    }

    [Fact]
    public async Task A_connection_is_not_renewed_with_the_token_of_another_user_or_with_none()
    {
        using var ada = await server.EnterAsync("Ada");
        clock.Advance(TimeSpan.FromMinutes(4));
        foreach (var token in new[] { server.TokenOf("Bo"), "nonsense", "", "a\tb" })
            Assert.IsType<Problem>(await ada.AskAsync(new Renew(token)));

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BoardApplication.TokenExpired, await ada.HearCloseAsync());
    }

    [Fact]
    public async Task A_user_has_at_most_20_connections()
    {
        var clients = new List<BoardClient>();
        for (var count = 0; count < 20; count++)
            clients.Add(await server.EnterAsync("Ada"));

        await RefusesAsync(HttpStatusCode.TooManyRequests, server.TokenOf("ada"));
        using var bo = await server.EnterAsync("Bo");
        clients.ForEach(client => client.Dispose());
    }

    private async Task<HttpResponseMessage> RenewAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/renew");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await server.Http.SendAsync(request, Cancelled);
    }

    private async Task RefusesAsync(HttpStatusCode status, string? token, string board = "demo")
    {
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => server.ConnectAsync(board, token));
        Assert.Equal(status, refusal.StatusCode);
    }
}
