using System.Net.WebSockets;
using System.Text;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Messages arrive whole, once and in order, in both directions.</summary>
public class MessageTests
{
    private static readonly int[] Sizes = [0, 1, 125, 126, 65535, 65536, 1024 * 1024];

    public static MatrixTheoryData<string, int> TextEchoes => new(["echo/text", "echo/raw"], Sizes);

    public static MatrixTheoryData<string, int> BinaryEchoes => new(["echo/bytes", "echo/memory", "echo/raw"], Sizes);

    public static TheoryData<Carrier> Carriers => [Carrier.Http1, Carrier.Http2, Carrier.Http1WithoutStream, Carrier.InMemory];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TextEchoes))]
    public async Task Text_comes_back_as_text(string path, int size)
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync(path);
        var text = string.Create(size, size, (characters, seed) =>
        {
            for (var i = 0; i < characters.Length; i++)
                characters[i] = (char)('a' + ((i + seed) % 26));
        });
        Assert.Equal(text, await client.AskAsync(text));
    }

    [Theory]
    [MemberData(nameof(BinaryEchoes))]
    public async Task Binary_comes_back_as_binary(string path, int size)
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync(path);
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await client.SendBinaryAsync(bytes);

        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult result;
        do
        {
            result = await client.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().InTime();
            Assert.Equal(WebSocketMessageType.Binary, result.MessageType);
            received.AddRange(buffer.AsSpan(0, result.Count));
        }
        while (!result.EndOfMessage);

        Assert.Equal(bytes, received);
    }

    [Fact]
    public async Task A_message_in_fragments_is_one_message_and_a_ping_between_them_is_answered_at_once()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/echo/text");
        var e = Encoding.UTF8.GetBytes("é");
        await client.SendAsync(
            ClientFrame.Of(FrameOpcode.Text, [(byte)'c', e[0]], isFinal: false),
            ClientFrame.Continuation([], isFinal: false),
            ClientFrame.Ping(7));
        var pong = await client.ReadAsync();
        Assert.Equal(FrameOpcode.Pong, pong?.Opcode);
        Assert.Equal([7], pong!.Payload);
        await client.SendAsync(ClientFrame.Continuation([e[1]]));
        Assert.Equal("cé", await client.ReadTextAsync());
    }

    [Fact]
    public async Task A_thousand_fragments_of_one_byte_are_one_message()
    {
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync("/echo/text");
        await client.SendAsync([ClientFrame.Text("a", isFinal: false), .. Enumerable.Repeat(ClientFrame.Continuation([(byte)'a'], isFinal: false), 998), ClientFrame.Continuation([(byte)'a'])]);
        Assert.Equal(new string('a', 1000), await client.ReadTextAsync());
    }

    [Fact]
    public async Task Frames_that_come_with_the_handshake_are_not_lost()
    {
        await using var app = await StartAsync();
        await using var client = await RawClient.ConnectTcpAsync(new(System.Net.IPAddress.Loopback, app.BaseAddress.Port));
        await client.SendAsync(RawClient.Handshake("/echo/text"), ClientFrame.Text("early"));
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("early", await client.ReadTextAsync());
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task What_eight_threads_send_arrives_once_and_each_threads_messages_in_order(Carrier carrier)
    {
        await using var app = await Served.StartAsync<EightThreadsController>(carrier);
        using var client = await app.ConnectAsync("eight");
        var next = new int[EightThreadsController.Threads];
        for (var i = 0; i < EightThreadsController.Threads * EightThreadsController.Messages; i++)
        {
            var parts = (await client.ReceiveTextAsync()).Split(' ').Select(int.Parse).ToArray();
            Assert.Equal(next[parts[0]]++, parts[1]);
        }

        Assert.All(next, count => Assert.Equal(EightThreadsController.Messages, count));
    }

    [Theory]
    [InlineData("slow/event")]
    [InlineData("slow/queue")]
    public async Task A_slow_handler_loses_nothing_and_keeps_the_order(string path)
    {
        const int Messages = 2000;
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync(path);
        var sending = SendAllAsync();
        await Task.WhenAny(sending, Task.Delay(100, Ct));
        app.Gate().Open();
        await sending.InTime();
        Assert.Equal(Sequence.Answer(Messages), await client.AskAsync(Sequence.HowMany));

        async Task SendAllAsync()
        {
            for (var i = 0; i < Messages; i++)
                await client.SendTextAsync(Sequence.Message(i));
        }
    }

    [Theory]
    [InlineData("/slow/event")]
    [InlineData("/slow/queue")]
    public async Task A_client_that_floods_a_busy_controller_is_no_longer_read(string path)
    {
        const long Flood = 512L * 1024 * 1024;
        await using var app = await StartAsync();
        await using var client = await app.ConnectRawAsync(path);

        // The buffers of the operating system on both sides, and those of Kestrel and Krait, are far below this.
        var taken = await client.FloodAsync(ClientFrame.Text(new string('0', 60_000)), Flood);
        Assert.InRange(taken, 1, Flood / 8);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        app =>
        {
            app.MapWebSocketController<TextEchoController>();
            app.MapWebSocketController<BytesEchoController>();
            app.MapWebSocketController<MemoryEchoController>();
            app.MapWebSocketController<RawEchoController>();
            app.MapWebSocketController<SlowEventController>();
            app.MapWebSocketController<SlowQueueController>();
        },
        builder => builder.Services.AddSingleton<Gate>());
}
