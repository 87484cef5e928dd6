namespace Krait.Runtime.Tests.Rooms;

/// <summary>The policies of a room for members that read slowly.</summary>
public sealed class SlowMemberTests
{
    [Fact]
    public void Waiting_messages_leave_in_order_when_the_member_reads_again()
    {
        var (client, membership, room) = Stalled();
        foreach (var text in "abcd")
            room.Send(new Note($"{text}"));

        Assert.Equal(3, client.Connection.WaitingMessages); // one is in line
        client.TakeAll();

        Assert.Equal(["stalled", "a", "b", "c", "d"], client.Sent);
        Assert.Equal((0, 0L), (client.Connection.WaitingMessages, membership.Lost));
    }

    [Fact]
    public void Replies_and_direct_sends_overtake_what_waits()
    {
        var (client, _, room) = Stalled();
        room.Send(new Note("in line"));
        room.Send(new Note("waits"));
        client.Connection.TrySend(new Note("direct"));

        client.TakeAll();

        Assert.Equal(["stalled", "in line", "direct", "waits"], client.Sent);
    }

    [Fact]
    public void The_oldest_is_dropped()
    {
        var (client, membership, room) = Stalled(capacity: 2);
        for (var i = 0; i < 6; i++)
            room.Send(new Tick($"{i}"));

        client.TakeAll();

        Assert.Equal(["stalled", "0", "4", "5"], client.Sent);
        Assert.Equal(3, membership.Lost);
    }

    [Fact]
    public void The_newest_is_dropped()
    {
        var (client, membership, room) = Stalled(capacity: 2);
        for (var i = 0; i < 6; i++)
            room.Send(new News($"{i}"));

        client.TakeAll();

        Assert.Equal(["stalled", "0", "1", "2"], client.Sent);
        Assert.Equal(3, membership.Lost);
    }

    [Fact]
    public void A_message_that_may_not_be_dropped_is_not_dropped_for_one_that_may()
    {
        var (client, membership, room) = Stalled(capacity: 2);
        foreach (var shout in new Shout[] { new Note("0"), new Note("1"), new Note("2"), new Tick("3"), new News("4") })
            room.Send(shout);

        client.TakeAll();

        Assert.Equal(["stalled", "0", "1", "2"], client.Sent);
        Assert.Equal(2, membership.Lost);
    }

    [Fact]
    public void A_newer_value_takes_the_place_of_the_older_one_with_its_key()
    {
        var (client, membership, room) = Stalled();
        foreach (var quote in new Quote[] { new("A", 0), new("A", 1), new("B", 1), new("A", 2), new("B", 2), new("C", 1) })
            room.Send(quote);

        client.TakeAll();

        Assert.Equal(["stalled", "A=0", "A=2", "B=2", "C=1"], client.Sent);
        Assert.Equal((0L, 2L), (membership.Lost, membership.Conflated));
    }

    [Fact]
    public void No_value_crosses_a_message_that_may_not_be_conflated()
    {
        var (client, _, room) = Stalled();
        foreach (var shout in new Shout[] { new Note("first"), new Quote("A", 1), new Note("halted"), new Quote("A", 2), new Quote("A", 3) })
            room.Send(shout);

        client.TakeAll();

        Assert.Equal(["stalled", "first", "A=1", "halted", "A=3"], client.Sent);
    }

    [Fact]
    public async Task Keys_may_be_more_than_the_capacity_but_not_without_end()
    {
        var (client, membership, room) = Stalled(capacity: 2);
        for (var i = 0; i <= 4096; i++)
            room.Send(new Quote($"{i}", 1));

        Assert.Equal((4096, true), (client.Connection.WaitingMessages, membership.IsActive));
        room.Send(new Quote("one more", 1));
        Assert.Equal((CloseCause.TooSlow, false), ((await client.EndedAsync()).Cause, membership.IsActive));
    }

    [Fact]
    public async Task A_member_that_takes_nothing_for_a_second_is_closed_when_too_much_waits_that_may_not_be_lost()
    {
        var (client, membership, room) = Stalled(capacity: 2);
        for (var i = 0; i < 10; i++)
            room.Send(new Note($"{i}"));

        client.Time.Advance(TimeSpan.FromSeconds(0.9));
        room.Send(new Note("still in time"));
        Assert.Equal((null, 10), (client.Ending, client.Connection.WaitingMessages));

        client.Time.Advance(TimeSpan.FromSeconds(0.2));
        room.Send(new Note("too late"));

        var ending = await client.EndedAsync();
        Assert.Equal((CloseCause.TooSlow, 1013, "too slow"), (ending.Cause, (int)ending.Status, ending.Reason));
        Assert.Equal((0, 0), (room.LocalCount, client.Connection.WaitingMessages));
        Assert.Equal(11, membership.Lost); // those that waited, and the one that found no room
    }

    [Fact]
    public void A_member_that_takes_some_all_the_time_is_not_closed()
    {
        var (client, membership, room) = Stalled(capacity: 2);
        for (var i = 0; i < 20; i++)
        {
            room.Send(new Note($"{i}"));
            room.Send(new Note($"{i}"));
            client.Time.Advance(TimeSpan.FromSeconds(0.8));
            client.TakeOne();
        }

        Assert.True(membership.IsActive);
        client.TakeAll();
        Assert.Equal(41, client.Sent.Count);
    }

    [Fact]
    public async Task What_waits_for_a_member_that_takes_some_is_bounded_in_bytes()
    {
        var (client, membership, room) = Stalled(capacity: 2);
        for (var i = 0; i < 5 && membership.IsActive; i++)
            room.Send(new Note(new string('x', 1000)));

        Assert.Equal((CloseCause.TooSlow, false), ((await client.EndedAsync()).Cause, membership.IsActive)); // 4 x 1,000 bytes, headers included
    }

    [Fact]
    public void A_burst_of_large_messages_closes_no_member_while_fewer_wait_than_may()
    {
        var (client, membership, room) = Stalled(capacity: 10);
        for (var i = 0; i < 10; i++)
            room.Send(new Note(new string('x', 1000)));

        Assert.True(membership.IsActive);
        client.TakeAll();
        Assert.Equal(11, client.Sent.Count);
    }

    [Fact]
    public void A_member_whose_OnLost_takes_its_time_is_not_taken_for_slow()
    {
        var (client, membership, room) = Stalled(capacity: 1);
        client.TakesLosses();
        foreach (var shout in new Shout[] { new News("0"), new News("1"), new News("2"), new News("3") })
            room.Send(shout);

        client.TakeAll();
        for (var i = 0; i < 5; i++)
        {
            room.Send(new Note($"later {i}"));
            client.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.True(membership.IsActive);
        Assert.Single(client.Losses).Handled();
        Assert.Equal(["stalled", "0", "1", .. Enumerable.Range(0, 5).Select(static i => $"later {i}")], client.Sent);
    }

    [Fact]
    public void Held_messages_may_be_replaced_and_dropped_when_too_many_wait()
    {
        var client = new RoomClient(isOpening: true);
        var room = RoomClient.Rooms()["room"];
        var membership = room.Join(client.Connection);
        foreach (var (symbol, price) in new[] { ('a', 1), ('b', 1), ('a', 2) })
            room.Send(new Quote(new string(symbol, 1900), price));

        room.Send(new Tick(new string('t', 1900)));

        Assert.Equal((true, 1L, 1L), (membership.IsActive, membership.Conflated, membership.Lost));
        client.Open();
        Assert.Equal([new string('a', 1900) + "=2", new string('b', 1900) + "=1"], client.Sent);
    }

    [Fact]
    public void A_busy_room_does_not_keep_the_messages_of_another_from_a_slow_member()
    {
        var rooms = RoomClient.Rooms();
        var client = new RoomClient();
        rooms["busy"].Join(client.Connection);
        rooms["quiet"].Join(client.Connection);
        client.Stall();
        for (var i = 0; i < 5; i++)
            rooms["busy"].Send(new Note($"{i}"));

        rooms["quiet"].Send(new Note("hello"));
        client.TakeAll();

        Assert.Equal(["stalled", "0", "1", "hello", "2", "3", "4"], client.Sent);
    }

    [Fact]
    public void One_who_leaves_gets_nothing_of_what_waits()
    {
        var (client, membership, room) = Stalled();
        foreach (var text in "abc")
            room.Send(new Note($"{text}"));

        membership.Dispose();
        client.TakeAll();

        Assert.Equal(["stalled", "a"], client.Sent); // which was in line already
        Assert.Equal(0, client.Connection.WaitingMessages);
    }

    [Fact]
    public void OnLost_answers_where_messages_are_missing()
    {
        var (client, _, room) = Stalled(capacity: 2);
        client.TakesLosses();
        foreach (var shout in new Shout[] { new Tick("0"), new Tick("1"), new Tick("2"), new Note("3"), new Tick("4") })
            room.Send(shout);

        client.TakeAll();

        Assert.Equal(["stalled", "0"], client.Sent);
        var (lost, handled) = Assert.Single(client.Losses);
        Assert.Equal(new LostMessages(1, 0, client.Time.GetUtcNow()), lost);
        client.Connection.TrySend(new Note("resync"));
        handled();
        Assert.Equal(["stalled", "0", "resync", "2", "3", "4"], client.Sent);
    }

    [Fact]
    public void OnLost_hears_of_the_newest_dropped_behind_what_waits_without_another_message()
    {
        var (client, _, room) = Stalled(capacity: 1);
        client.TakesLosses();
        foreach (var shout in new Shout[] { new News("0"), new News("1"), new News("2"), new News("3") })
            room.Send(shout);

        client.TakeAll();

        Assert.Equal(["stalled", "0", "1"], client.Sent);
        Assert.Equal(2, Assert.Single(client.Losses).Lost.Count);
    }

    [Fact]
    public void A_message_that_is_sent_while_OnLost_runs_follows_its_answer_though_nothing_else_waits()
    {
        var (client, _, room) = Stalled(capacity: 1);
        client.TakesLosses();
        foreach (var shout in new Shout[] { new News("0"), new News("1"), new News("2") })
            room.Send(shout);

        client.TakeAll();
        room.Send(new Note("later"));
        client.Connection.TrySend(new Note("resync"));
        client.Losses[0].Handled();

        Assert.Equal(["stalled", "0", "1", "resync", "later"], client.Sent);
    }

    [Fact]
    public void OnLost_gets_conflated_messages_only_together_with_lost_ones()
    {
        var (client, _, room) = Stalled(capacity: 1);
        client.TakesLosses();
        foreach (var shout in new Shout[] { new Note("0"), new Quote("A", 1), new Quote("A", 2) })
            room.Send(shout);

        client.TakeAll();
        Assert.Empty(client.Losses);

        client.Stall();
        foreach (var shout in new Shout[] { new Note("0"), new News("1"), new News("2"), new Quote("A", 3), new Quote("A", 4) })
            room.Send(shout);

        client.TakeAll();
        Assert.Equal((1L, 2L), (Assert.Single(client.Losses).Lost.Count, client.Losses[0].Lost.Conflated));
    }

    [Fact]
    public void A_membership_can_have_a_policy_of_its_own()
    {
        var client = new RoomClient();
        var rooms = RoomClient.Rooms();
        var membership = rooms["room"].Join(client.Connection, new() { WhenSlow = SlowReaderPolicy.DropOldest, Capacity = 1 });
        client.Stall();
        for (var i = 0; i < 5; i++)
            rooms["room"].Send(new Note($"{i}"));

        client.TakeAll();

        Assert.Equal(["stalled", "0", "4"], client.Sent);
        Assert.Equal(3, membership.Lost);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RoomDelivery { WhenSlow = SlowReaderPolicy.Conflate });
    }

    [Fact]
    public async Task Members_do_not_wait_for_the_slow_one()
    {
        var (slow, _, room) = Stalled(capacity: 2);
        var quick = new RoomClient();
        room.Join(quick.Connection);

        for (var i = 0; i < 100; i++)
            room.Send(new Tick($"{i}"));

        await quick.HasSent([.. Enumerable.Range(0, 100).Select(static i => $"{i}")]);
        Assert.Empty(slow.Sent);
    }

    private static (RoomClient Client, RoomMembership Membership, IRoom<Shout> Room) Stalled(int capacity = 64)
    {
        var rooms = RoomClient.Rooms(capacity);
        var client = new RoomClient();
        var membership = rooms["room"].Join(client.Connection);
        client.Stall();
        return (client, membership, rooms["room"]);
    }
}
