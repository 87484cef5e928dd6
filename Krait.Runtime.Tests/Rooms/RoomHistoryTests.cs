using Krait.Rooms;
using Krait.Runtime.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>Clients that come back to a room of this server.</summary>
public sealed class RoomHistoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RoomContract<Shout> _contract = RoomClient.Contract();
    private readonly RoomDirectory<Shout> _rooms;

    public RoomHistoryTests() => _rooms = RoomClient.Rooms(
        new() { History = new(length: 5, age: TimeSpan.FromMinutes(1)) }, _contract, _time);

    public void Dispose() => _rooms.Dispose();

    [Fact]
    public async Task A_client_that_comes_back_gets_what_it_missed_and_then_what_is_new()
    {
        var position = Positions(3)[0];

        var (client, resumption) = ComeBack(position);
        Send("placed new");

        Assert.True(resumption.Recovered);
        await client.HasSentTexts("placed 1", "placed 2", "placed new");
    }

    [Fact]
    public async Task Missed_messages_wait_for_the_answer_of_OnOpen()
    {
        var position = Positions(2)[0];
        var (client, _) = ComeBack(position, isOpening: true);
        client.Connection.TrySend(new Note("answer"));
        Send("placed new");

        client.Open();

        await client.HasSentTexts("answer", "placed 1", "placed new");
    }

    [Fact]
    public async Task A_client_that_missed_nothing_is_recovered()
    {
        var position = Positions(2)[^1];

        var (client, resumption) = ComeBack(position);
        Send("placed new");

        Assert.Equal((true, position), (resumption.Recovered, resumption.Position));
        await client.HasSentTexts("placed new");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("0123456789abcdef-1")]
    public async Task A_position_that_the_room_does_not_know_is_not_recovered(string? position)
    {
        Positions(2);

        var (client, resumption) = ComeBack(position);
        Send("placed new");

        Assert.False(resumption.Recovered);
        await client.HasSentTexts("placed new");
    }

    [Fact]
    public void A_position_of_another_room_is_not_recovered()
    {
        Positions(1);
        var position = Positions(1, "other")[0];

        Assert.False(ComeBack(position).Resumption.Recovered);
    }

    [Fact]
    public async Task Only_as_much_is_kept_as_the_length_allows()
    {
        var positions = Positions(7); // 5 are kept, and the position before them is known

        Assert.Equal([false, true, true], positions.Take(3).Select(position => ComeBack(position).Resumption.Recovered));
        await ComeBack(positions[1]).Client.HasSentTexts("placed 2", "placed 3", "placed 4", "placed 5", "placed 6");
    }

    [Fact]
    public void A_message_that_is_too_old_is_given_up()
    {
        var first = Positions(1)[0];
        _time.Advance(TimeSpan.FromSeconds(40));
        var second = Positions(1)[0];
        Positions(1);
        _time.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal((true, true), (ComeBack(first).Resumption.Recovered, ComeBack(second).Resumption.Recovered));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal((false, false), (ComeBack(first).Resumption.Recovered, ComeBack(second).Resumption.Recovered));
    }

    [Fact]
    public void A_room_without_members_is_forgotten_when_its_history_is_too_old()
    {
        var position = Positions(1)[0];
        _time.Advance(TimeSpan.FromSeconds(59));
        var (client, resumption) = ComeBack(position);
        Assert.True(resumption.Recovered);

        client.Leave();
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.False(ComeBack(position).Resumption.Recovered);
    }

    [Fact]
    public async Task A_client_that_was_the_only_one_and_got_nothing_is_recovered()
    {
        var (first, resumption) = ComeBack(null);
        first.Leave();
        Send("placed 0");

        var (client, again) = ComeBack(resumption.Position);

        Assert.True(again.Recovered);
        await client.HasSentTexts("placed 0");
    }

    [Fact]
    public async Task Missed_messages_are_encoded_for_the_codec_of_the_client()
    {
        var position = Positions(2)[0];
        var client = new RoomClient(new ShoutEncoder("other "));
        var resumption = new Resumption { From = position };
        _rooms.Join("room", client.Connection, delivery: null, resumption);

        Assert.True(resumption.Recovered);
        await client.HasSentTexts("other placed 1");
    }

    [Fact]
    public void More_than_the_send_buffer_can_hold_is_not_recovered()
    {
        var position = Positions(1)[0];
        for (var i = 0; i < 5; i++)
            Send("placed " + new string('x', 1000)); // the buffer of the client has 1000 bytes, and 4 times as much may wait

        Assert.False(ComeBack(position).Resumption.Recovered);
    }

    [Fact]
    public void How_much_was_missed_is_measured_as_it_is_encoded_for_the_client()
    {
        var position = Positions(1)[0];
        for (var i = 0; i < 5; i++)
            Send("placed " + new string('x', 700)); // fits by the codec of the history

        var client = new RoomClient(new ShoutEncoder(new string('y', 200)), isOpening: true);
        var resumption = new Resumption { From = position };
        _rooms.Join("room", client.Connection, delivery: null, resumption);

        Assert.Equal((false, null), (resumption.Recovered, client.Ending));
    }

    [Fact]
    public void A_burst_is_not_kept_twice_in_the_history()
    {
        var client = new RoomClient(_contract.Encoder);
        var member = (Member)_rooms["room"].Join(client.Connection);
        var before = member.LastTaken!;
        lock (client.Connection.Rooms.Lock)
        {
            Send("placed 0");
            Send("placed 1");
        }

        client.WaitForRooms();
        Assert.Equal(2, client.Sent.Count);
        Assert.Null(before.Batch);
    }

    [Fact]
    public void One_that_is_left_out_does_not_get_the_message_when_it_comes_back_with_its_id()
    {
        var client = new RoomClient(_contract.Encoder);
        var position = Positions(1)[0];
        _rooms["room"].Send(new Note("not for it"), except: client.Connection);

        _rooms.Join("room", client.Connection, delivery: null, new() { From = position });

        Assert.Empty(client.Sent);
    }

    [Fact]
    public void Borrowed_memory_may_be_reused_when_nobody_is_in_the_room()
    {
        using var rooms = RoomClient.Rooms(
            new() { History = new(5, TimeSpan.FromMinutes(1)) }, RoomClient.Contract(new ShoutEncoder { Encoding = () => _encoded++ }), _time);

        rooms["room"].Send(new Note("a"));

        Assert.Equal(1, _encoded); // before Send returns
    }

    [Fact]
    public void Rooms_with_history_need_a_controller_that_says_how_messages_are_encoded()
    {
        using var rooms = new RoomDirectory<Shout>(new RoomClient.Options(new() { History = new(5, TimeSpan.FromMinutes(1)) }), _time);

        var error = Assert.Throws<InvalidOperationException>(() => rooms["room"].Send(new Note("a")));

        Assert.Contains("map a controller", error.Message, StringComparison.Ordinal);
    }

    private int _encoded;

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task A_client_that_is_not_recovered_can_get_all_that_is_kept(string? position)
    {
        var positions = Positions(7);

        var (client, resumption) = ComeBack(position, replaysAll: true);
        Send("placed new");

        Assert.Equal((false, positions[^1]), (resumption.Recovered, resumption.Position));
        await client.HasSentTexts("placed 2", "placed 3", "placed 4", "placed 5", "placed 6", "placed new");
    }

    [Fact]
    public async Task A_client_that_is_recovered_gets_only_what_it_missed_even_if_others_get_all()
    {
        var position = Positions(3)[1];

        var (client, resumption) = ComeBack(position, replaysAll: true);

        Assert.True(resumption.Recovered);
        await client.HasSentTexts("placed 2");
    }

    [Fact]
    public async Task All_that_is_kept_is_cut_to_what_may_wait_for_a_client()
    {
        Positions(5); // of about 30 bytes each, and four times the send buffer may wait

        var (client, _) = ComeBack(null, replaysAll: true, sendBufferSize: 20);

        await client.HasSentTexts("placed 3", "placed 4");
    }

    private void Send(string text) => _rooms["room"].Send(new Placed(text));

    /// <summary>Sends some messages and returns their positions, as a client would see them.</summary>
    private string[] Positions(int count, string room = "room")
    {
        var witness = new RoomClient(_contract.Encoder);
        using (_rooms[room].Join(witness.Connection))
        {
            for (var i = 0; i < count; i++)
                _rooms[room].Send(new Placed($"placed {i}"));

            SpinWait.SpinUntil(() => witness.Sent.Count == count, Patience.Long);
            witness.WaitForRooms(); // so that all members are known to have taken the messages
        }

        return [.. witness.Sent.Select(static text => text.Split('@')[1])];
    }

    private (RoomClient Client, Resumption Resumption) ComeBack(
        string? position, bool isOpening = false, bool replaysAll = false, int sendBufferSize = 1000)
    {
        var client = new RoomClient(_contract.Encoder, isOpening, sendBufferSize: sendBufferSize);
        var resumption = new Resumption { From = position, ReplaysAll = replaysAll };
        _rooms.Join("room", client.Connection, delivery: null, resumption);
        return (client, resumption);
    }
}
