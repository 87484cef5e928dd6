using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>The members that get a message of a room.</summary>
public sealed class RoomTests
{
    private readonly Krait.Rooms.RoomDirectory<Shout> _rooms = RoomClient.Rooms(bufferSize: 1000);

    private IRoom<Shout> Room => _rooms["room"];

    [Fact]
    public async Task Every_member_gets_what_is_sent_after_it_joined_and_nothing_from_before()
    {
        var (first, second) = (new RoomClient(), new RoomClient());
        Room.Join(first.Connection);
        Room.Send(new Note("a"));
        Room.Join(second.Connection);
        Room.Send(new Note("b"));

        await first.HasSent("a", "b");
        await second.HasSent("b");
    }

    [Fact]
    public async Task Nothing_reaches_a_member_that_has_left()
    {
        var (first, second) = (new RoomClient(), new RoomClient());
        using (Room.Join(first.Connection))
            Room.Join(second.Connection);

        Room.Send(new Note("a"));

        await second.HasSent("a");
        Assert.Empty(first.Sent);
        Assert.Equal(1, Room.LocalCount);
    }

    [Fact]
    public async Task A_connection_that_joins_twice_is_one_member_and_any_disposal_leaves()
    {
        var client = new RoomClient();
        var memberships = (Room.Join(client.Connection), Room.Join(client.Connection));
        Room.Send(new Note("once"));
        await client.HasSent("once");
        Assert.Equal(1, Room.LocalCount);

        memberships.Item2.Dispose();

        Assert.Equal((0, false), (Room.LocalCount, memberships.Item1.IsActive));
        memberships.Item1.Dispose();
        memberships.Item2.Dispose();
    }

    [Fact]
    public async Task One_connection_can_be_left_out_and_is_known_by_its_id()
    {
        var (first, second) = (new RoomClient(), new RoomClient());
        Room.Join(first.Connection);
        Room.Join(second.Connection);

        Room.Send(new Note("a"), except: first.Connection);
        Room.Send(new Note("b"), except: new Wrapper(first.Connection));

        await second.HasSent("a", "b");
        Assert.Empty(first.Sent);
    }

    [Fact]
    public void The_end_of_a_connection_ends_its_memberships()
    {
        var client = new RoomClient();
        var (one, other) = (Room.Join(client.Connection), _rooms["other"].Join(client.Connection));

        client.Connection.Close();

        Assert.Equal((0, false, false), (Room.LocalCount, one.IsActive, other.IsActive));
        Assert.Empty(_rooms.Active);
        Assert.False(Room.Join(client.Connection).IsActive);
        Assert.Empty(_rooms.Active);
        Room.Send(new Note("nobody gets it"));
        Assert.Empty(client.Sent);
    }

    [Fact]
    public void A_room_exists_while_it_has_members()
    {
        Assert.Empty(_rooms.Active);
        using (Room.Join(new RoomClient().Connection))
            Assert.Equal(["room"], _rooms.Active);

        Assert.Empty(_rooms.Active);
    }

    [Fact]
    public async Task A_handle_outlives_its_room()
    {
        var room = Room;
        room.Join(new RoomClient().Connection).Dispose();
        var client = new RoomClient();
        Room.Join(client.Connection);

        room.Send(new Note("a"));

        await client.HasSent("a");
    }

    [Fact]
    public void Only_a_connection_of_Krait_can_join() =>
        Assert.Throws<ArgumentException>(() => Room.Join(new Wrapper(new RoomClient().Connection)));

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("line\n")]
    public void Names_have_characters_and_none_that_control(string name) => Assert.Throws<ArgumentException>(() => _rooms[name]);

    [Fact]
    public void Names_take_at_most_200_bytes()
    {
        Assert.Throws<ArgumentException>(() => _rooms[new string('ü', 101)]);
        Assert.Equal(100, _rooms[new string('ü', 100)].Name.Length);
    }

    [Fact]
    public async Task A_message_is_encoded_once_for_each_codec_and_not_at_all_for_nobody()
    {
        var (v1, v2) = (new ShoutEncoder("v1 "), new ShoutEncoder("v2 "));
        Room.Send(new Note("nobody"));
        RoomClient[] clients = [new(v1), new(v2), new(v1), new(v2)];
        foreach (var client in clients)
            Room.Join(client.Connection);

        Room.Send(new Note("a"));

        await clients[0].HasSent("v1 a");
        await clients[1].HasSent("v2 a");
        await clients[2].HasSent("v1 a");
        await clients[3].HasSent("v2 a");
        Assert.Equal((1, 1), (v1.Encoded, v2.Encoded));
    }

    [Fact]
    public void An_exception_of_the_encoder_comes_out_and_no_member_gets_the_message()
    {
        var broken = new RoomClient(new ShoutEncoder { Encoding = () => throw new NotSupportedException() });
        var client = new RoomClient();
        Room.Join(client.Connection);
        Room.Join(broken.Connection);

        Assert.Throws<NotSupportedException>(() => Room.Send(new Note("a")));

        Assert.Equal((0, 0L), (client.Sent.Count, client.Connection.BufferedBytes));
    }

    [Fact]
    public async Task Somebody_with_another_codec_who_joins_while_the_message_is_encoded_gets_it_or_not_but_nothing_wrong()
    {
        var late = new RoomClient(new ShoutEncoder("late "));
        var client = new RoomClient(new ShoutEncoder { Encoding = () => Room.Join(late.Connection) });
        Room.Join(client.Connection);

        Room.Send(new Note("a"));

        await client.HasSent("a");
        await late.HasSent("late a");
    }

    [Fact]
    public async Task An_encoded_message_is_sent_to_several_rooms()
    {
        var encoder = new ShoutEncoder();
        var (first, second) = (new RoomClient(encoder), new RoomClient(encoder));
        Room.Join(first.Connection);
        _rooms["other"].Join(second.Connection);
        var message = Encoded.Create<Shout>(new Note("a"));

        Room.Send(message);
        await _rooms["other"].SendAsync(message, cancellationToken: TestContext.Current.CancellationToken);

        await first.HasSent("a");
        await second.HasSent("a");
        Assert.Equal(1, encoder.Encoded);
    }

    [Fact]
    public async Task Messages_of_the_room_and_direct_ones_keep_the_order_of_the_calls()
    {
        var client = new RoomClient();
        Room.Join(client.Connection);

        Room.Send(new Note("a"));
        client.Connection.TrySend(new Note("b"));
        Room.Send(new Note("c"));

        await client.HasSent("a", "b", "c");
    }

    [Fact]
    public async Task Messages_that_come_while_a_connection_opens_follow_the_answer_of_its_OnOpen()
    {
        var client = new RoomClient(isOpening: true);
        Room.Join(client.Connection);
        for (var i = 0; i < 100; i++)
            Room.Send(new Tick($"{i}"));

        client.Connection.TrySend(new Note("welcome"));
        client.Open();
        Room.Send(new Note("last"));

        await client.HasSent(["welcome", .. Enumerable.Range(0, 100).Select(static i => $"{i}"), "last"]);
        Assert.Equal(0, client.Connection.WaitingMessages);
    }

    [Fact]
    public async Task Messages_that_come_while_a_connection_opens_follow_the_answer_also_when_the_host_stops_meanwhile()
    {
        var client = new RoomClient(isOpening: true);
        Room.Join(client.Connection);
        client.StopHost();
        Room.Send(new Note("meanwhile"));

        client.Connection.TrySend(new Note("welcome"));
        client.Open();

        await client.HasSent("welcome", "meanwhile");
    }

    [Fact]
    public async Task Members_with_equal_codecs_are_served_and_no_member_gets_a_message_if_a_codec_throws()
    {
        var good = new EqualEncoder();
        var clients = new[] { good, new EqualEncoder { IsBroken = true }, good }.Select(static encoder => new RoomClient(encoder)).ToArray();
        foreach (var client in clients)
            Room.Join(client.Connection);

        Assert.Throws<NotSupportedException>(() => Room.Send(new Note("a")));

        Assert.All(clients, static client => Assert.Equal(0, client.Connection.BufferedBytes));
        clients[1].Connection.Close();
        Room.Send(new Note("b"));
        await clients[0].HasSent("b");
        await clients[2].HasSent("b");
    }

    [Fact]
    public async Task An_exception_of_the_encoder_is_the_fault_of_the_task_that_SendAsync_returns()
    {
        Room.Join(new RoomClient(new ShoutEncoder { Encoding = () => throw new NotSupportedException() }).Connection);

        var sending = Room.SendAsync(new Note("a"), cancellationToken: TestContext.Current.CancellationToken);
        var encoded = Room.SendAsync(Encoded.Create<Shout>(new Note("a")), cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<NotSupportedException>(async () => await sending);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await encoded);
    }

    [Fact]
    public async Task Bytes_for_one_subprotocol_are_sent_when_no_member_with_another_one_is_left()
    {
        var (old, client) = (new RoomClient(protocol: "v1"), new RoomClient(protocol: "v2"));
        Room.Join(client.Connection);
        Room.Join(new RoomClient(protocol: "v1").Connection).Dispose();
        var bytes = Encoded<Shout>.FromBytes("v2", System.Net.WebSockets.WebSocketMessageType.Text, "a"u8.ToArray());
        using (Room.Join(old.Connection))
            Assert.Throws<InvalidOperationException>(() => Room.Send(bytes));

        Room.Send(bytes);

        await client.HasSent("a");
    }

    [Fact]
    public void Rooms_of_a_derived_type_keep_to_the_policies_that_the_connection_of_its_base_knows()
    {
        var rooms = new Krait.Rooms.RoomDirectory<Quote>(new SmallRooms());
        var client = new RoomClient();
        var membership = rooms["quotes"].Join(client.Connection);
        client.Stall();
        foreach (var price in Enumerable.Range(0, 5))
            rooms["quotes"].Send(new Quote("A", price));

        client.TakeAll();

        Assert.Equal(["stalled", "A=0", "A=4"], client.Sent);
        Assert.Equal(3, membership.Conflated);
    }

    [Fact]
    public async Task A_member_of_a_derived_type_of_messages_is_served_by_the_connection_of_its_base()
    {
        var rooms = new Krait.Rooms.RoomDirectory<Note>(new NoteOptions());
        var client = new RoomClient();
        rooms["notes"].Join(client.Connection);

        rooms["notes"].Send(new Note("a"));

        await client.HasSent("a");
    }

    [Fact]
    public async Task TrySend_says_why_it_did_not_send()
    {
        var client = new RoomClient();
        Assert.True(client.Connection.TrySend(new Note("a"), out var failure));
        Assert.Equal(SendFailure.None, failure);

        client.Stall();
        client.Connection.TrySend(new Note(new string('x', 1000)));
        Assert.False(client.Connection.TrySend(new Note("b"), out failure));
        Assert.Equal(SendFailure.Full, failure);

        client.Connection.CloseTooSlow();
        Assert.Equal((CloseCause.TooSlow, 1013, "too slow"), (client.Ending!.Cause, (int)client.Ending.Status, client.Ending.Reason));
        await Patience.Until(() => !client.Connection.TrySend(new Note("c"), out failure) && failure != SendFailure.None);
    }

    /// <summary>Equal to every other, as codecs without state may be that are records.</summary>
    private sealed record EqualEncoder : IMessageEncoder<Shout>
    {
        public bool IsBroken { get; init; }

        public bool Equals(EqualEncoder? other) => other is not null;

        public override int GetHashCode() => 0;

        public System.Net.WebSockets.WebSocketMessageType Encode(Shout message, System.Buffers.IBufferWriter<byte> output) =>
            IsBroken ? throw new NotSupportedException() : new ShoutEncoder().Encode(message, output);
    }

    private sealed class SmallRooms : Microsoft.Extensions.Options.IOptionsMonitor<RoomOptions>
    {
        public RoomOptions CurrentValue { get; } = new() { MemberBufferSize = 1 };

        public RoomOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<RoomOptions, string?> listener) => null;
    }

    private sealed class NoteOptions : Microsoft.Extensions.Options.IOptionsMonitor<RoomOptions>
    {
        public RoomOptions CurrentValue { get; } = new();

        public RoomOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<RoomOptions, string?> listener) => null;
    }

    private sealed class Wrapper(IMessageSender<Shout> inner) : IMessageSender<Shout>
    {
        public string ConnectionId => inner.ConnectionId;

        public CancellationToken Stopping => inner.Stopping;

        public ValueTask SendAsync(Shout message, CancellationToken cancellationToken = default) => inner.SendAsync(message, cancellationToken);

        public bool TrySend(Shout message) => inner.TrySend(message);
    }
}
