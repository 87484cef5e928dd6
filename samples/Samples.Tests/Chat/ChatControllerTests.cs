using System.Globalization;
using System.Net;
using Chat;

namespace Samples.Tests.Chat;

/// <summary>People in rooms, on real sockets.</summary>
public sealed class ChatControllerTests : IAsyncLifetime
{
    private ChatServer server = null!;

    public async ValueTask InitializeAsync() => server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Who_enters_is_welcomed_with_everybody_in_the_room()
    {
        using var ada = await server.EnterAsync("Ada");
        using var bo = await server.EnterAsync(" Bo ");

        Assert.Equal("Bo", bo.Me.Name);
        Assert.Equal([ada.Me, bo.Me], bo.Welcome.Members!.ToHashSet());
    }

    [Fact]
    public async Task The_others_hear_who_comes_and_who_leaves()
    {
        using var ada = await server.EnterAsync("Ada");
        using var bo = await server.EnterAsync("Bo");
        var came = await ada.HearAsync(ChatEventKind.Moved);
        await bo.CloseAsync();
        var left = await ada.HearAsync(ChatEventKind.Moved);

        Assert.Equal(bo.Me, Assert.Single(came.Joined!));
        Assert.Equal(bo.Me, Assert.Single(left.Left!));
    }

    [Fact]
    public async Task People_with_the_same_name_are_told_apart()
    {
        using var ada = await server.EnterAsync("Ada");
        using var other = await server.EnterAsync("Ada");

        Assert.NotEqual(ada.Me, other.Me);
        await ada.SeesAsync(ada.Me, other.Me);
    }

    [Fact]
    public async Task What_is_said_reaches_everybody_and_the_speaker_too()
    {
        using var ada = await server.EnterAsync("Ada");
        using var bo = await server.EnterAsync("Bo");
        await ada.SayAsync(" Hello ");

        var line = (await ada.HearAsync(ChatEventKind.Said)).Line!;
        Assert.Equal((ada.Me, "Hello"), (line.By, line.Text));
        Assert.Equal(line, (await bo.HearAsync(ChatEventKind.Said)).Line);
    }

    [Fact]
    public async Task What_is_said_stays_in_its_room()
    {
        using var bo = await server.EnterAsync("Bo", "kitchen");
        using var ada = await server.EnterAsync("Ada", "lobby");
        await ada.SayAndHearAsync("Hello");
        await bo.SayAsync("Nobody here?");

        Assert.Equal(["Nobody here?"], await bo.HearLinesAsync(1));
    }

    [Fact]
    public async Task Who_comes_for_the_first_time_gets_the_last_fifty_lines()
    {
        using var ada = await server.EnterAsync("Ada");
        await ada.SayAndHearAsync(Numbers(1, 60));
        using var bo = await server.EnterAsync("Bo");
        await bo.SayAsync("new");

        Assert.False(bo.Welcome.Recovered);
        Assert.Equal([.. Numbers(11, 50), "new"], await bo.HearLinesAsync(51));
    }

    [Fact]
    public async Task Who_comes_back_gets_only_what_was_missed()
    {
        using var ada = await server.EnterAsync("Ada");
        using var bo = await server.EnterAsync("Bo");
        await ada.SayAndHearAsync("1", "2");
        var seen = (await bo.HearAsync(ChatEventKind.Said)).At;
        bo.Dispose();
        await ada.SayAndHearAsync("3");

        using var back = await server.EnterAsync("Bo", at: seen);
        await back.SayAsync("new");

        Assert.True(back.Welcome.Recovered);
        Assert.Equal(["2", "3", "new"], await back.HearLinesAsync(3));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("0123456789abcdef-1")]
    public async Task Who_comes_back_to_an_unknown_place_hears_so_and_gets_all_that_the_room_keeps(string at)
    {
        using var ada = await server.EnterAsync("Ada");
        await ada.SayAndHearAsync("1", "2");

        using var back = await server.EnterAsync("Bo", at: at);

        Assert.False(back.Welcome.Recovered);
        Assert.Equal(["1", "2"], await back.HearLinesAsync(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a name of 25 characters..")]
    [InlineData("a\tb")]
    public async Task A_name_that_is_none_is_refused(string name) =>
        await RefusesAsync(HttpStatusCode.BadRequest, name, "lobby");

    [Theory]
    [InlineData(" lobby")]
    [InlineData("21 characters are no.")]
    [InlineData("a\tb")]
    public async Task A_room_s_name_that_is_none_is_refused(string room) =>
        await RefusesAsync(HttpStatusCode.NotFound, "Ada", room);

    [Theory]
    [InlineData("a name of 24 characters.", "twenty characters...")]
    [InlineData(
        "漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢",
        "漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢")]
    public async Task The_longest_names_are_taken_in_any_script(string name, string room)
    {
        using var ada = await server.EnterAsync(name, room);

        Assert.Equal(name, ada.Me.Name);
    }

    [Fact]
    public async Task A_message_that_is_none_is_refused_and_the_conversation_goes_on()
    {
        using var ada = await server.EnterAsync("Ada");
        string[] wrong = ["no JSON", "{}", """{"text":"  "}""", $$"""{"text":"{{new string('a', 2001)}}"}"""];
        foreach (var json in wrong)
        {
            await ada.SendAsync(json);
            Assert.NotEmpty((await ada.HearAsync(ChatEventKind.Refused)).Problem!);
        }

        await ada.SayAsync(new string('a', 2000));
        await ada.HearAsync(ChatEventKind.Said);
    }

    private static IEnumerable<string> Numbers(int first, int count) =>
        Enumerable.Range(first, count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    private async Task RefusesAsync(HttpStatusCode status, string name, string room)
    {
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => server.EnterAsync(name, room));
        Assert.Equal(status, refusal.StatusCode);
    }
}
