using System.Text;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>permessage-deflate (RFC 7692), with real clients and with one that writes by hand.</summary>
public class CompressionTests
{
    private const string Offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    private const string OfferWithoutMemory = "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n";
    private const byte Compressed = 0x40;
    private const byte Final = 0x80;

    public static TheoryData<Carrier> Carriers => [Carrier.Http1, Carrier.Http2];

    public static MatrixTheoryData<Carrier, bool, int> CarriersAndSizes => new([Carrier.Http1, Carrier.Http2], [false, true], [0, 1, 125, 126, 65_536, 100_000]);

    [Theory]
    [MemberData(nameof(CarriersAndSizes))]
    public async Task Messages_come_back_to_a_client_that_compresses(Carrier carrier, bool takeover, int size)
    {
        await using var app = await Served.StartAsync<DeflateEchoController>(carrier);
        using var client = await app.ConnectAsync("deflate/echo", options => options.DangerousDeflateOptions = new()
        {
            ClientContextTakeover = takeover,
            ServerContextTakeover = takeover,
            ClientMaxWindowBits = 12,
            ServerMaxWindowBits = 10,
        });
        Assert.StartsWith("permessage-deflate", client.HttpResponseHeaders!["Sec-WebSocket-Extensions"].Single(), StringComparison.Ordinal);

        byte[][] messages = [Repetitive(size), Random(size), Repetitive(size)];
        foreach (var message in messages)
        {
            await client.SendBinaryAsync(message);
            Assert.Equal(message, await client.ReceiveMessageAsync().InTime());
        }
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task The_closing_handshake_completes(Carrier carrier)
    {
        await using var app = await Served.StartAsync<DeflateEchoController>(carrier);
        using var client = await app.ConnectAsync("deflate/echo", static options => options.DangerousDeflateOptions = new());

        await client.CloseAsync(4000, "bye");

        Assert.Equal(4000, (int?)client.CloseStatus);
        var why = await app.Journal().Closed();
        Assert.Equal((CloseCause.ClientClosed, 4000, "bye", true), (why.Cause, (int)why.Status, why.Reason, why.WasClean));
    }

    [Fact]
    public async Task Without_an_offer_nothing_is_compressed()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo");
        await client.SendTextAsync(new string('x', 1000));

        Assert.DoesNotContain("Sec-WebSocket-Extensions", client.Head, StringComparison.OrdinalIgnoreCase);
        var frame = await client.ReadAsync();
        Assert.Equal((false, 1000), (frame!.IsCompressed, frame.Payload.Length));
    }

    [Theory]
    [InlineData("permessage-deflate; server_max_window_bits=8")]
    [InlineData("permessage-deflate; what_is_this")]
    [InlineData("permessage-deflate; client_max_window_bits=99")]
    [InlineData(";;;,,, =")]
    public async Task An_offer_that_cannot_be_taken_leaves_the_connection_uncompressed(string offer)
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: $"Sec-WebSocket-Extensions: {offer}\r\n");
        await client.SendTextAsync(new string('x', 1000));

        Assert.DoesNotContain("Sec-WebSocket-Extensions", client.Head, StringComparison.OrdinalIgnoreCase);
        Assert.False((await client.ReadAsync())!.IsCompressed);
    }

    [Fact]
    public async Task A_controller_that_does_not_ask_for_compression_takes_no_offer()
    {
        await using var app = await Served.StartAsync<TextEchoController>();
        await using var client = await app.ConnectRawAsync("/echo/text", headers: Offer);

        Assert.DoesNotContain("Sec-WebSocket-Extensions", client.Head, StringComparison.OrdinalIgnoreCase);
        await client.SendAsync([Final | Compressed | 1, 0x80, 0, 0, 0, 0]);
        Assert.Equal(1002, (await client.ReadCloseAsync()).CloseStatus);
    }

    [Fact]
    public async Task What_is_sent_is_compressed_and_what_is_compressed_is_read()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);
        Assert.Contains("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n", client.Head, StringComparison.Ordinal);
        var text = Repetitive(1000);

        await client.SendAsync(CompressedFrame(Final | Compressed | 2, Deflated.Of(text)));

        var frame = await client.ReadAsync();
        Assert.True(frame!.IsCompressed);
        Assert.InRange(frame.Payload.Length, 1, 100);
        Assert.Equal(text, Deflated.Read(frame.Payload));
    }

    [Fact]
    public async Task A_client_may_leave_messages_uncompressed()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);

        await client.SendTextAsync("as it is");

        Assert.Equal("as it is", Encoding.UTF8.GetString(Deflated.Read((await client.ReadAsync())!.Payload)));
    }

    [Fact]
    public async Task A_compressed_message_may_be_fragmented_anywhere_with_control_frames_between()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);
        var text = Random(300);
        var compressed = Deflated.Of(text);
        for (var split = 0; split <= compressed.Length; split += 17)
        {
            await client.SendAsync(
                CompressedFrame(Compressed | 2, compressed[..split]), ClientFrame.Ping(7), CompressedFrame(Final, compressed[split..]));

            Assert.Equal(FrameOpcode.Pong, (await client.ReadAsync())?.Opcode);
            Assert.Equal(text, Deflated.Read((await client.ReadAsync())!.Payload));
        }
    }

    [Fact]
    public async Task Context_is_kept_from_message_to_message_unless_the_client_objects()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var keeping = await app.ConnectRawAsync("/deflate/echo", headers: Offer);
        await using var forgetting = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);
        var kept = await SendTwiceAsync(keeping);
        var forgotten = await SendTwiceAsync(forgetting);

        Assert.InRange(kept.Second, 1, kept.First / 2);
        Assert.Equal(forgotten.First, forgotten.Second);

        static async Task<(int First, int Second)> SendTwiceAsync(RawClient client)
        {
            await client.SendAsync(ClientFrame.Binary(Random(500)), ClientFrame.Binary(Random(500)));
            return ((await client.ReadAsync())!.Payload.Length, (await client.ReadAsync())!.Payload.Length);
        }
    }

    [Theory]
    [InlineData("secret", false)]
    [InlineData("headline", true)]
    public async Task A_message_whose_type_is_marked_is_sent_as_it_is(string what, bool isCompressed)
    {
        await using var app = await Served.StartAsync<NewsController>();
        await using var client = await app.ConnectRawAsync("/deflate/news", headers: OfferWithoutMemory);

        await client.SendTextAsync(what);

        var frame = await client.ReadAsync();
        Assert.Equal(isCompressed, frame!.IsCompressed);
        var text = Encoding.UTF8.GetString(isCompressed ? Deflated.Read(frame.Payload) : frame.Payload);
        Assert.Contains(NewsController.Text, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_may_inflate_to_the_limit()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);

        await client.SendAsync(CompressedFrame(Final | Compressed | 2, Deflated.Of(new byte[100_000])));

        Assert.Equal(new byte[100_000], await ReadMessageAsync(client));
    }

    [Theory]
    [InlineData(100_001)]
    [InlineData(200_000_000)]
    public async Task Inflation_stops_at_the_limit(int size)
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);
        var bomb = CompressedFrame(Final | Compressed | 2, Deflated.Of(new byte[size]));

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await client.SendAsync(bomb);

        Assert.Equal(1009, (await client.ReadCloseAsync()).CloseStatus);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 20_000_000);
        client.Finish();
        Assert.Equal(CloseCause.MessageTooLarge, (await app.Journal().Closed()).Cause);
    }

    [Theory]
    [InlineData("reserved bit on a continuation")]
    [InlineData("reserved bit on a control frame")]
    [InlineData("another reserved bit")]
    [InlineData("no deflate data")]
    [InlineData("text that is not UTF-8")]
    public async Task What_breaks_the_protocol_is_answered_although_the_client_goes_on_sending(string what)
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);
        byte[] frames = what switch
        {
            "reserved bit on a continuation" => [.. CompressedFrame(Compressed | 2, []), .. CompressedFrame(Final | Compressed, Deflated.Of([1]))],
            "reserved bit on a control frame" => CompressedFrame(Final | Compressed | 9, []),
            "another reserved bit" => CompressedFrame(Final | 0x20 | 2, []),
            "no deflate data" => CompressedFrame(Final | Compressed | 2, [0xFF, 0xFF, 0xFF, 0xFF]),
            _ => CompressedFrame(Final | Compressed | 1, Deflated.Of([0xFF])),
        };

        await client.SendAsync(frames);
        await client.SendAsync(new byte[100_000]);

        var status = (await client.ReadCloseAsync()).CloseStatus;
        Assert.Equal(what is "no deflate data" or "text that is not UTF-8" ? 1007 : 1002, status);
        client.Finish();
        await client.ReadEndAsync();
        Assert.Equal(CloseCause.ProtocolError, (await app.Journal().Closed()).Cause);
    }

    // The example of RFC 7692, section 7.2.3.4, which the codec does not read; at least it must not hang there.
    [Fact]
    public async Task A_message_that_ends_the_deflate_stream_ends_the_connection()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);

        await client.SendAsync(CompressedFrame(Final | Compressed | 2, [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]));

        var answer = await client.ReadAsync();
        Assert.Equal((FrameOpcode.Close, 1007), (answer!.Opcode, answer.CloseStatus));
    }

    [Fact]
    public async Task Empty_fragments_without_end_are_a_message_that_is_too_large()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>();
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: OfferWithoutMemory);

        await client.SendAsync([.. ClientFrame.Binary([], isFinal: false), .. Enumerable.Repeat(ClientFrame.Continuation([], isFinal: false), 10_000).SelectMany(static frame => frame)]);

        Assert.Equal(1009, (await client.ReadCloseAsync()).CloseStatus);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_a_ping_in_time_is_dropped()
    {
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<DeflateEchoController>(Served.With(clock));
        await using var client = await app.ConnectRawAsync("/deflate/echo", headers: Offer);
        await client.SendTextAsync("hello");
        Assert.True((await client.ReadAsync())!.IsCompressed);

        var closed = app.Journal().Closed();
        await clock.MoveUntil(new KraitOptions().KeepAliveInterval / 3, closed);

        Assert.Equal(CloseCause.KeepAliveTimeout, (await closed).Cause);
        await client.ReadEndAsync(skipped: FrameOpcode.Ping);
    }

    [Fact]
    public async Task A_server_that_frames_by_itself_decides_for_itself()
    {
        await using var app = await Served.StartAsync<DeflateEchoController>(Carrier.InMemory);
        using var client = await app.ConnectAsync("deflate/echo", headers: ("Sec-WebSocket-Extensions", "permessage-deflate"));

        Assert.Equal("hello", await client.AskAsync("hello"));
    }

    private static byte[] CompressedFrame(int first, byte[] payload) =>
        [(byte)first, .. ClientFrame.Binary(payload)[1..]];

    private static async Task<byte[]> ReadMessageAsync(RawClient client)
    {
        var compressed = new List<byte>();
        ServerFrame? frame;
        do
        {
            frame = await client.ReadAsync();
            compressed.AddRange(frame!.Payload);
        }
        while (!frame.IsFinal);

        return Deflated.Read([.. compressed]);
    }

    private static byte[] Repetitive(int size) => [.. Enumerable.Range(0, size).Select(static i => (byte)"All work and no play "[i % 21])];

    private static byte[] Random(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
