using Chat;
using Microsoft.Extensions.Time.Testing;

namespace Samples.Tests;

public sealed class ChatRoomTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly ChatRooms rooms;
    private readonly FakeMember ada = new();
    private readonly FakeMember bo = new();

    public ChatRoomTests() => rooms = new ChatRooms(new FakeRooms<ChatEvent>(), clock);

    [Fact]
    public void Who_enters_is_welcomed_with_everybody_s_name()
    {
        ada.Enter(rooms, "lobby", "Ada");
        bo.Enter(rooms, "lobby", "Bo");

        Assert.Equal(ChatEventKind.Welcome, Assert.Single(bo.Told).Kind);
        Assert.Equal(["Ada", "Bo"], bo.Told[0].Members);
    }

    [Fact]
    public void The_others_are_told_who_entered()
    {
        ada.Enter(rooms, "lobby", "Ada");
        bo.Enter(rooms, "lobby", "Bo");

        Assert.Equal((ChatEventKind.Entered, "Bo"), (ada.Told[^1].Kind, ada.Told[^1].Name));
    }

    [Fact]
    public void A_name_that_is_taken_gets_a_number_in_any_case()
    {
        ada.Enter(rooms, "lobby", "Ada");

        Assert.Equal("ADA 2", bo.Enter(rooms, "lobby", "ADA").Name);
        Assert.Equal("Ada 3", new FakeMember().Enter(rooms, "lobby", "Ada").Name);
    }

    [Fact]
    public void A_name_is_free_again_when_its_owner_has_left()
    {
        ada.Enter(rooms, "lobby", "Ada").Leave();

        Assert.Equal("Ada", bo.Enter(rooms, "lobby", "Ada").Name);
    }

    [Fact]
    public void What_is_said_reaches_everybody_and_the_speaker_too()
    {
        var speaker = ada.Enter(rooms, "lobby", "Ada");
        bo.Enter(rooms, "Lobby", "Bo");
        speaker.Say("Hello");

        var line = new ChatLine("Ada", "Hello", clock.GetUtcNow());
        Assert.Equal(line, ada.Told[^1].Line);
        Assert.Equal(line, bo.Told[^1].Line);
    }

    [Fact]
    public void What_is_said_stays_in_its_room()
    {
        bo.Enter(rooms, "kitchen", "Bo");
        ada.Enter(rooms, "lobby", "Ada").Say("Hello");

        Assert.DoesNotContain(bo.Told, told => told.Kind == ChatEventKind.Said);
    }

    [Fact]
    public void Who_enters_gets_the_last_fifty_lines()
    {
        var speaker = ada.Enter(rooms, "lobby", "Ada");
        for (var number = 1; number <= 60; number++)
            speaker.Say($"{number}");

        bo.Enter(rooms, "lobby", "Bo");

        Assert.Equal(Enumerable.Range(11, 50).Select(number => $"{number}"), bo.Told[0].History!.Select(line => line.Text));
    }

    [Fact]
    public void Leaving_twice_is_told_once()
    {
        ada.Enter(rooms, "lobby", "Ada");
        var member = bo.Enter(rooms, "lobby", "Bo");
        member.Leave();
        member.Leave();

        Assert.Single(ada.Told, told => told is { Kind: ChatEventKind.Left, Name: "Bo" });
    }

    [Fact]
    public void The_room_that_was_empty_longest_makes_way_for_a_new_one()
    {
        Fill("first", "Hello");
        for (var number = 1; number < ChatRooms.MaxRooms; number++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Fill($"room {number}", "Hello");
        }

        Fill("one more", "Hello");

        ada.Enter(rooms, "first", "Ada");
        bo.Enter(rooms, "room 2", "Bo");
        Assert.Empty(ada.Told[0].History!);
        Assert.NotEmpty(bo.Told[0].History!);
    }

    [Fact]
    public void No_room_with_somebody_in_it_is_forgotten()
    {
        ada.Enter(rooms, "first", "Ada").Say("Hello");
        for (var number = 0; number < ChatRooms.MaxRooms; number++)
            Fill($"room {number}", "Hello");

        bo.Enter(rooms, "first", "Bo");

        Assert.Equal(["Ada", "Bo"], bo.Told[0].Members);
    }

    [Fact]
    public async Task Everybody_hears_the_same_in_the_same_order_however_many_speak_at_once()
    {
        ada.Enter(rooms, "lobby", "Ada");
        bo.Enter(rooms, "lobby", "Bo");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            var speaker = new FakeMember().Enter(rooms, "lobby", "Speaker");
            for (var number = 0; number < 100; number++)
                speaker.Say($"{number}");

            speaker.Leave();
        })));

        Assert.Equal(800, ada.Told.Count(told => told.Kind == ChatEventKind.Said));
        Assert.Equal(ada.Told.Skip(2), bo.Told.Skip(1));
    }

    private void Fill(string room, string text)
    {
        var member = new FakeMember().Enter(rooms, room, "Somebody");
        member.Say(text);
        member.Leave();
    }
}
