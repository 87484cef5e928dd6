// A WebSocket client for .ci/run: talks to a running sample and fails if it hears anything but what it should.
//   dotnet run --file .ci/client.cs -- echo|chat|market|telemetry|board|exchange URL [SEND EXPECT]...
//   dotnet run --file .ci/client.cs -- redis URL OTHER_URL REDIS_PORT

using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

var server = new Uri(args[1].Replace("http://", "ws://", StringComparison.Ordinal));
switch (args[0])
{
    case "echo": await EchoAsync(); break;
    case "chat": await ChatAsync(); break;
    case "market": await MarketAsync(); break;
    case "telemetry": await TelemetryAsync(); break;
    case "board": await BoardAsync(); break;
    case "redis": await RedisAsync(args[2], args[3]); break;
    case "exchange": await ExchangeAsync(args[2..]); break;
    default: throw new ArgumentException($"There is no {args[0]}.");
}

async Task EchoAsync()
{
    using var peer = await Peer.ConnectAsync(new Uri(server, "/echo"));
    foreach (var size in new[] { 0, 1, 125, 126, 65_535, 65_536, 1 << 20, 31 << 20 })
    {
        var payload = RandomNumberGenerator.GetBytes(size);
        await peer.SendAsync(payload, WebSocketMessageType.Binary);
        var (type, received) = await peer.ReceiveAsync();
        Expect(WebSocketMessageType.Binary, type);
        Expect(true, received.AsSpan().SequenceEqual(payload));
    }

    await peer.SayAsync("grüß dich 🐍");
    Expect("grüß dich 🐍", await peer.HearAsync());
    await peer.CloseAsync();
    Console.WriteLine("The echo answers text and binary of every length, and closes cleanly.");
}

async Task ChatAsync()
{
    var room = new Uri(server, $"/chat/{Guid.NewGuid().ToString("n")[..20]}");
    using var ada = await Peer.ConnectAsync(new Uri(room, "?name=Ada"));
    Expect("Ada", Names((await EventAsync(ada, "Welcome"))["members"]));

    using var bo = await Peer.ConnectAsync(new Uri(room, "?name=Bo"));
    Expect("Ada Bo", Names((await EventAsync(bo, "Welcome"))["members"]));
    Expect("Bo", Names((await EventAsync(ada, "Moved"))["joined"]));

    await ada.SayAsync("""{"text":"Hello, Bo"}""");
    var said = await EventAsync(bo, "Said");
    Expect("Hello, Bo", (string?)said["line"]!["text"]);
    Expect("Ada", (string?)(await EventAsync(ada, "Said"))["line"]!["by"]!["name"]);
    await bo.SayAsync("no JSON at all");
    await EventAsync(bo, "Refused");
    await bo.CloseAsync();
    Expect("Bo", Names((await EventAsync(ada, "Moved"))["left"]));
    await ada.SayAsync("""{"text":"Come back, Bo"}""");
    await EventAsync(ada, "Said");

    using var back = await Peer.ConnectAsync(new Uri(room, $"?name=Bo&at={said["at"]}"));
    Expect(true, (bool?)(await EventAsync(back, "Welcome"))["recovered"]);
    Expect("Come back, Bo", (string?)(await EventAsync(back, "Said"))["line"]!["text"]);

    using var visitor = await Peer.ConnectAsync(new Uri(room, "?name=Cleo"));
    Expect(false, (bool?)(await EventAsync(visitor, "Welcome"))["recovered"]);
    Expect("Hello, Bo", (string?)(await EventAsync(visitor, "Said"))["line"]!["text"]);

    Expect(HttpStatusCode.BadRequest, await Peer.RefusalAsync(room));
    Console.WriteLine("The chat welcomes, tells, remembers and lets go.");

    static string Names(JsonNode? people) =>
        string.Join(' ', people!.AsArray().Select(person => (string?)person!["name"]).Order());
}

// The codecs of both sides of the sample are not used here: the bytes are those that any library writes.
async Task MarketAsync()
{
    using var page = await Peer.ConnectAsync(new Uri(server, "/market"), "market.v1+json");
    Expect("listing", (string?)JsonNode.Parse(await page.HearAsync())!["type"]);
    await page.SayAsync("""{"symbol":"KRT","id":7,"type":"subscribe"}""");
    Expect("""{"type":"subscribed","symbol":"KRT","id":7}""", await AnswerAsync());
    await page.SayAsync("""{"type":"getHistory","id":8,"symbol":"NONE","points":1}""");
    Expect("""{"type":"problem","text":"No such stock is traded here.","id":8}""", await AnswerAsync());

    using var program = await Peer.ConnectAsync(new Uri(server, "/market"), "market.v1+msgpack");
    await HearsAsync([0x92, .. Packed("listing")]);
    await program.SendAsync([0x92, .. Packed("subscribe"), 0x81, .. Packed("symbol"), .. Packed("KRT")], WebSocketMessageType.Binary);
    await HearsAsync([0x92, .. Packed("quote"), 0x83, .. Packed("symbol"), .. Packed("KRT"), .. Packed("price")]);
    await HearsAsync([0x92, .. Packed("subscribed"), 0x81, .. Packed("symbol"), .. Packed("KRT")]);
    Expect("quote", (string?)JsonNode.Parse(await page.HearAsync())!["type"]);
    await program.CloseAsync();
    await page.CloseAsync();
    Console.WriteLine("The market speaks JSON and MessagePack, and tells both the quotes.");

    async Task<string> AnswerAsync()
    {
        while (true)
        {
            var heard = await page.HearAsync();
            if (!heard.StartsWith("""{"type":"quote",""", StringComparison.Ordinal))
                return heard;
        }
    }

    async Task HearsAsync(byte[] beginning)
    {
        var (type, payload) = await program.ReceiveAsync();
        Expect(WebSocketMessageType.Binary, type);
        Expect(Convert.ToHexString(beginning), Convert.ToHexString(payload.AsSpan(0, Math.Min(payload.Length, beginning.Length))));
    }

    static byte[] Packed(string text) => [(byte)(0xa0 | text.Length), .. Encoding.ASCII.GetBytes(text)];
}

async Task TelemetryAsync()
{
    using var device = await Peer.ConnectAsync(new Uri(server, "/telemetry/attic"), "telemetry.v1+proto");
    await AsksAsync("0A0D0A0B" + Convert.ToHexString("thermometer"u8), "0A02083C"); // hello: report every 60 seconds
    await AsksAsync("120E080712014319" + "0000000000803540", "12020807"); // reading 7: acknowledged
    var (_, refusal) = await AskAsync("FF");
    Expect(0x1A, refusal[0]);
    await device.CloseAsync();
    Expect("attic: { \"number\": \"7\", \"sensor\": \"C\", \"value\": 21.5 }", await new HttpClient().GetStringAsync(args[1] + "/readings"));
    Console.WriteLine("The server takes readings in Protocol Buffers, and acknowledges them.");

    async Task AsksAsync(string question, string answer) => Expect(answer, Convert.ToHexString((await AskAsync(question)).Payload));

    async Task<(WebSocketMessageType Type, byte[] Payload)> AskAsync(string question)
    {
        await device.SendAsync(Convert.FromHexString(question), WebSocketMessageType.Binary);
        return await device.ReceiveAsync();
    }
}

async Task BoardAsync()
{
    using var http = new HttpClient { BaseAddress = new(args[1]) };
    using var refused = await http.PostAsync("/login", Login("Ada", "wrong"));
    Expect(HttpStatusCode.Unauthorized, refused.StatusCode);
    Expect(HttpStatusCode.Unauthorized, await Peer.RefusalAsync(new Uri(server, "/boards/ci")));

    using var ada = await EnterAsync("Ada");
    using var bo = await EnterAsync("Bo");
    const string Card = "0f8fad5b-d9cb-469f-a165-70867728950e";
    await ada.SayAsync($$"""{"type":"addCard","id":1,"card":"{{Card}}","column":"todo","title":"a"}""");
    await ada.SayAsync($$"""{"type":"moveCard","id":2,"card":"{{Card}}","column":"done"}""");
    Expect("Ada", (string?)(await HearAsync(bo, "cardAdded"))["by"]);
    Expect("done", (string?)(await HearAsync(bo, "cardMoved"))["column"]);
    Expect(1, (int?)(await HearAsync(ada, "done"))["id"]);

    await bo.SayAsync($$"""{"type":"renew","id":7,"token":"{{await TokenAsync("Bo")}}"}""");
    Expect(7, (int?)(await HearAsync(bo, "done"))["id"]);
    await bo.SayAsync($$"""{"type":"renew","id":8,"token":"{{await TokenAsync("Ada")}}"}""");
    Expect(8, (int?)(await HearAsync(bo, "problem"))["id"]);
    Expect("Healthy", await http.GetStringAsync("/ready"));
    await bo.CloseAsync();
    Console.WriteLine("The board lets users in, keeps cards, tells others of them, and renews sessions.");

    async Task<Peer> EnterAsync(string name)
    {
        var token = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(await TokenAsync(name)));
        var url = new Uri(server, "/boards/ci");
        var peer = await Peer.ConnectAsync(url, "board.v1", "base64url.bearer.authorization.krait-board." + token);
        Expect(name, (string?)(await HearAsync(peer, "welcome"))["you"]!["name"]);
        return peer;
    }

    async Task<string> TokenAsync(string name)
    {
        using var answer = await http.PostAsync("/login", Login(name, "krait"));
        return (string)JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["token"]!;
    }

    static StringContent Login(string name, string password) =>
        new($$"""{"name":"{{name}}","password":"{{password}}"}""", Encoding.UTF8, "application/json");

    static async Task<JsonNode> HearAsync(Peer peer, string type)
    {
        while (true)
        {
            var heard = JsonNode.Parse(await peer.HearAsync())!;
            if ((string?)heard["type"] == type)
                return heard;
        }
    }
}

// Two servers share a room on a Redis that is away at first, comes, is killed, and comes back empty.
async Task RedisAsync(string other, string port)
{
    using var speaker = await Peer.ConnectAsync(new Uri(server, "/lines/1"));
    using var listener = await Peer.ConnectAsync(new Uri(new Uri(other.Replace("http://", "ws://", StringComparison.Ordinal)), "/lines/1"));
    using var http = new HttpClient();
    for (var round = 1; round <= 2; round++)
    {
        while (await http.GetStringAsync($"{other}/health") != "Degraded")
            await Task.Delay(200);

        using var redis = Process.Start("redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", "", "--logfile", "/dev/null"]);
        try
        {
            await ReachesAsync($$"""{"Text":"{{round}}"}""");
        }
        finally
        {
            redis.Kill();
            redis.WaitForExit();
        }
    }

    Expect("Degraded", await http.GetStringAsync($"{args[1]}/health"));
    Console.WriteLine("The servers share a room again after their Redis was killed, and keep their connections meanwhile.");

    async Task ReachesAsync(string line)
    {
        for (var heard = ""; heard != line;)
        {
            var hearing = listener.HearAsync();
            while (!hearing.IsCompleted)
            {
                await speaker.SayAsync(line); // may be lost while the servers look for Redis
                await Task.WhenAny(hearing, Task.Delay(200));
            }

            heard = await hearing;
        }
    }
}

async Task ExchangeAsync(string[] lines)
{
    using var peer = await Peer.ConnectAsync(server);
    for (var i = 0; i < lines.Length; i += 2)
    {
        await peer.SayAsync(lines[i]);
        Expect(lines[i + 1], await peer.HearAsync());
    }

    await peer.CloseAsync();
    Console.WriteLine($"{server.AbsolutePath} says what it should.");
}

static async Task<JsonNode> EventAsync(Peer peer, string kind)
{
    var happened = JsonNode.Parse(await peer.HearAsync())!;
    Expect(kind, (string?)happened["kind"]);
    return happened;
}

static void Expect<T>(T expected, T actual)
{
    if (!Equals(expected, actual))
        throw new InvalidOperationException($"Expected {expected}, got {actual}.");
}

/// <summary>One connection. Whatever takes longer than half a minute fails.</summary>
internal sealed class Peer : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(30));

    public static async Task<Peer> ConnectAsync(Uri url, params string[] protocols)
    {
        var peer = new Peer();
        foreach (var protocol in protocols)
            peer.socket.Options.AddSubProtocol(protocol);

        await peer.socket.ConnectAsync(url, peer.deadline.Token);
        return peer;
    }

    /// <summary>Connects where the server should refuse, and returns the status that it refuses with.</summary>
    public static async Task<HttpStatusCode> RefusalAsync(Uri url)
    {
        using var peer = new Peer();
        peer.socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await peer.socket.ConnectAsync(url, peer.deadline.Token);
        }
        catch (WebSocketException)
        {
            return peer.socket.HttpStatusCode;
        }

        throw new InvalidOperationException($"{url} was not refused.");
    }

    public Task SayAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task<string> HearAsync() => Encoding.UTF8.GetString((await ReceiveAsync()).Payload);

    public Task SendAsync(byte[] payload, WebSocketMessageType type) => socket.SendAsync(payload, type, endOfMessage: true, deadline.Token);

    public async Task<(WebSocketMessageType Type, byte[] Payload)> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, deadline.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        if (part.MessageType == WebSocketMessageType.Close)
            throw new InvalidOperationException($"The server closed: {part.CloseStatus} {part.CloseStatusDescription}");

        return (part.MessageType, message.ToArray());
    }

    /// <summary>Closes, and demands that the server echoes the status.</summary>
    public async Task CloseAsync()
    {
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token);
        if (socket.CloseStatus != WebSocketCloseStatus.NormalClosure)
            throw new InvalidOperationException($"The close was answered with {socket.CloseStatus}.");
    }

    public void Dispose()
    {
        socket.Dispose();
        deadline.Dispose();
    }
}
