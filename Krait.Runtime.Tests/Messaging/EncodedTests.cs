using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Krait.Connections;
using Krait.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Krait.Runtime.Tests.Messaging;

public sealed class EncodedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_encoded_once_for_many_connections_and_in_their_order()
    {
        var codec = new CountingEncoder("a");
        var (one, two) = (new Client(codec), new Client(codec));
        var message = Encoded.Create<Fruit>(new Apple("red"));

        await one.Connection.SendAsync(new Apple("first"), Cancel);
        await one.Connection.SendAsync(message, Cancel);
        Assert.True(one.Connection.TrySend(message));
        await two.Connection.SendAsync(message, Cancel);

        Assert.Equal(["a:first", "a:red", "a:red"], one.Sent);
        Assert.Equal(["a:red"], two.Sent);
        Assert.Equal(1, codec.Encoded["red"]);
    }

    [Fact]
    public async Task Each_codec_encodes_for_itself()
    {
        var (a, b) = (new CountingEncoder("a"), new CountingEncoder("b"));
        var clients = new[] { new Client(a), new Client(b), new Client(a), new Client(b) };
        var message = Encoded.Create<Fruit>(new Apple("red"));
        foreach (var client in clients)
            await client.Connection.SendAsync(message, Cancel);

        Assert.Equal(["a:red", "b:red", "a:red", "b:red"], clients.Select(client => Assert.Single(client.Sent)));
        Assert.Equal((1, 1), (a.Encoded["red"], b.Encoded["red"]));
    }

    [Fact]
    public void Nothing_is_encoded_before_it_is_sent()
    {
        var codec = new CountingEncoder("a");
        _ = new Client(codec);
        _ = Encoded.Create<Fruit>(new Apple("red"));
        Assert.Empty(codec.Encoded);
    }

    [Fact]
    public async Task Senders_that_race_send_the_same_bytes()
    {
        var codec = new CountingEncoder("a") { Rendezvous = new Barrier(2) };
        var (one, two) = (new Client(codec), new Client(codec));
        var message = Encoded.Create<Fruit>(new Apple("red"));

        await Task.WhenAll(Task.Run(() => one.Connection.TrySend(message), Cancel), Task.Run(() => two.Connection.TrySend(message), Cancel));
        Assert.Equal(2, codec.Encoded["red"]);
        Assert.Equal(one.Sent, two.Sent);

        codec.Rendezvous = null;
        Assert.True(one.Connection.TrySend(message));
        Assert.Equal(2, codec.Encoded["red"]);
        IEncodedMessage encoded = message;
        Assert.Same(encoded.For(codec, null), encoded.For(codec, null));
    }

    [Fact]
    public async Task Many_threads_with_two_codecs_get_each_its_own_bytes()
    {
        var codecs = new[] { new CountingEncoder("a"), new CountingEncoder("b") };
        for (var round = 0; round < 200; round++)
        {
            IEncodedMessage message = Encoded.Create<Fruit>(new Apple("red"));
            var encodings = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => message.For(codecs[i % 2], null), Cancel)));
            Assert.All(encodings, (encoding, i) => Assert.Same(encodings[i % 2], encoding));
            Assert.NotSame(encodings[0], encodings[1]);
        }
    }

    [Fact]
    public async Task It_waits_for_room_in_its_turn()
    {
        var client = new Client(new CountingEncoder("a"), capacity: 4) { Taking = false };
        Assert.True(client.Connection.TrySend(new Apple("full")));
        var message = Encoded.Create<Fruit>(new Apple("red"));
        var first = client.Connection.SendAsync(message, Cancel).AsTask();
        var second = client.Connection.SendAsync(new Apple("second"), Cancel).AsTask();
        Assert.False(client.Connection.TrySend(message));
        Assert.False(first.IsCompleted);

        client.Take();
        await first;
        Assert.False(second.IsCompleted);
        client.Take();
        await second;
        client.Take();
        Assert.Equal(["a:full", "a:red", "a:second"], client.Sent);
    }

    [Fact]
    public async Task A_cancelled_wait_sends_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var client = new Client(new CountingEncoder("a"), capacity: 1) { Taking = false };
        client.Connection.TrySend(new Apple("full"));
        var waiting = client.Connection.SendAsync(Encoded.Create<Fruit>(new Apple("red")), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Connection.SendAsync(Encoded.Create<Fruit>(new Apple("red")), cancellation.Token).AsTask());
        client.Take();
        Assert.Equal(["a:full"], client.Sent);
    }

    [Fact]
    public async Task A_client_that_has_closed_is_sent_nothing_and_nothing_is_encoded_for_it()
    {
        var codec = new CountingEncoder("a");
        var client = new Client(codec);
        client.Buffer.Discard();
        var message = Encoded.Create<Fruit>(new Apple("red"));
        await client.Connection.SendAsync(message, Cancel);
        Assert.False(client.Connection.TrySend(message));
        Assert.Empty(client.Sent);
        Assert.Empty(codec.Encoded);
    }

    [Fact]
    public async Task A_closed_connection_throws()
    {
        var client = new Client(new CountingEncoder("a"), capacity: 1) { Taking = false };
        client.Connection.TrySend(new Apple("full"));
        var message = Encoded.Create<Fruit>(new Apple("red"));
        var waiting = client.Connection.SendAsync(message, Cancel).AsTask();
        client.Buffer.Close(() => new("c1", new(WebSocketCloseStatus.NormalClosure, null, CloseCause.ServerClosed)));
        await Assert.ThrowsAsync<ConnectionClosedException>(() => waiting);
        await Assert.ThrowsAsync<ConnectionClosedException>(() => client.Connection.SendAsync(message, Cancel).AsTask());
        Assert.False(client.Connection.TrySend(message));
    }

    [Fact]
    public async Task An_encoder_that_throws_leaves_nothing_on_the_wire_and_is_asked_again()
    {
        var codec = new CountingEncoder("a") { Failing = true };
        var client = new Client(codec);
        var message = Encoded.Create<Fruit>(new Apple("red"));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.Connection.SendAsync(message, Cancel).AsTask());
        Assert.Throws<NotSupportedException>(() => client.Connection.TrySend(message));
        Assert.Empty(client.Sent);

        codec.Failing = false;
        Assert.True(client.Connection.TrySend(message));
        Assert.Equal(["a:red"], client.Sent);
    }

    [Fact]
    public async Task A_sender_of_a_derived_type_may_be_the_connection_of_its_base()
    {
        var client = new Client(new CountingEncoder("a"));
        IMessageSender<Apple> apples = client.Connection;
        var message = Encoded.Create(new Apple("red"));
        await apples.SendAsync(message, Cancel);
        Assert.True(client.Connection.TrySend(message));
        Assert.Equal(["a:red", "a:red"], client.Sent);
    }

    [Fact]
    public async Task A_sender_that_is_not_Kraits_is_sent_the_message()
    {
        var fake = new FakeSender();
        var apple = new Apple("red");
        await fake.SendAsync(Encoded.Create<Fruit>(apple), Cancel);
        Assert.True(fake.TrySend(Encoded.Create<Fruit>(apple)));
        Assert.Equal([apple, apple], fake.Received);
    }

    [Fact]
    public async Task Bytes_from_elsewhere_are_sent_where_their_subprotocol_is_spoken()
    {
        var (v1, none) = (new Client(new CountingEncoder("a"), protocol: "v1"), new Client(new CountingEncoder("a")));
        await v1.Connection.SendAsync(Encoded<Fruit>.FromBytes("v1", WebSocketMessageType.Binary, "ready"u8.ToArray()), Cancel);
        Assert.True(none.Connection.TrySend(Encoded<Fruit>.FromBytes(null, WebSocketMessageType.Text, "plain"u8.ToArray())));
        Assert.Equal(["ready"], v1.Sent);
        Assert.Equal(["plain"], none.Sent);
    }

    [Fact]
    public async Task Bytes_for_another_subprotocol_are_refused()
    {
        var (v1, none) = (new Client(new CountingEncoder("a"), protocol: "v1"), new Client(new CountingEncoder("a")));
        var message = Encoded<Fruit>.FromBytes("v2", WebSocketMessageType.Text, "x"u8.ToArray());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => v1.Connection.SendAsync(message, Cancel).AsTask());
        Assert.StartsWith("The bytes were encoded for the subprotocol 'v2', but the connection has the subprotocol 'v1';", error.Message, StringComparison.Ordinal);
        Assert.Contains("no subprotocol", Assert.Throws<InvalidOperationException>(() => none.Connection.TrySend(message)).Message, StringComparison.Ordinal);
        Assert.Contains("no subprotocol", Assert.Throws<InvalidOperationException>(
            () => v1.Connection.TrySend(Encoded<Fruit>.FromBytes(null, WebSocketMessageType.Text, default))).Message, StringComparison.Ordinal);
        Assert.Empty(v1.Sent);
    }

    [Fact]
    public void Bytes_alone_say_nothing_to_a_sender_that_is_not_Kraits()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new FakeSender().TrySend(Encoded<Fruit>.FromBytes(null, WebSocketMessageType.Text, default)));
        Assert.Contains("Only a connection of Krait can send bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_close_frame_is_no_message() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Encoded<Fruit>.FromBytes(null, WebSocketMessageType.Close, default));

    private record Fruit(string Colour);

    private sealed record Apple(string Colour) : Fruit(Colour);

    /// <summary>A connection whose client the test is.</summary>
    private sealed class Client
    {
        private readonly ScriptedTransport _transport = new();

        public Client(IMessageEncoder<Fruit> encoder, int capacity = 1000, string? protocol = null)
        {
            var lifetime = new ConnectionLifetime(NullLogger.Instance);
            Buffer = new(_transport, encoder, capacity);
            _transport.OutputObserver = Buffer;
            Connection = new(new(new DefaultHttpContext()), protocol, _transport, lifetime, TimeProvider.System, Buffer);
        }

        public SendBuffer<Fruit> Buffer { get; }

        public WebSocketConnection<Fruit> Connection { get; }

        public bool Taking { init => _transport.Taking = value; }

        public IReadOnlyList<string> Sent => _transport.Sent;

        public void Take() => _transport.Take();
    }

    private sealed class CountingEncoder(string name) : IMessageEncoder<Fruit>
    {
        public ConcurrentDictionary<string, int> Encoded { get; } = new();

        public Barrier? Rendezvous { get; set; }

        public bool Failing { get; set; }

        public WebSocketMessageType Encode(Fruit message, IBufferWriter<byte> output)
        {
            Encoded.AddOrUpdate(message.Colour, 1, (_, count) => count + 1);
            Rendezvous?.SignalAndWait(Cancel);
            Encoding.UTF8.GetBytes($"{name}:{message.Colour}", output);
            return Failing ? throw new NotSupportedException() : WebSocketMessageType.Text;
        }
    }

    private sealed class FakeSender : IMessageSender<Fruit>
    {
        public List<Fruit> Received { get; } = [];

        public string ConnectionId => "fake";

        public CancellationToken Stopping => CancellationToken.None;

        public ValueTask SendAsync(Fruit message, CancellationToken cancellationToken = default)
        {
            Received.Add(message);
            return default;
        }

        public bool TrySend(Fruit message)
        {
            Received.Add(message);
            return true;
        }
    }
}
