using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chat;

namespace Samples.Tests.Chat;

/// <summary>A client of the chat.</summary>
internal sealed class ChatClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly HashSet<ChatPerson> present = [];

    private ChatClient()
    {
    }

    public ChatEvent Welcome { get; private set; } = null!;

    public ChatPerson Me => Welcome.You!;

    /// <summary>The people in the room, by all events that this client has heard.</summary>
    public IReadOnlySet<ChatPerson> Present => present;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Connects, and hears the Welcome.</summary>
    public static async Task<ChatClient> ConnectAsync(Uri url)
    {
        var client = new ChatClient();
        client.socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await client.socket.ConnectAsync(url, Cancelled);
        }
        catch (WebSocketException e)
        {
            throw new HttpRequestException("The server refused.", e, client.socket.HttpStatusCode);
        }

        client.Welcome = await client.HearAsync();
        Assert.Equal(ChatEventKind.Welcome, client.Welcome.Kind);
        return client;
    }

    public Task SayAsync(string text) => SendAsync(JsonSerializer.Serialize(new Say(text), Json));

    public Task SendAsync(string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    /// <summary>Says lines, and returns when the server has sent them to all members.</summary>
    public async Task SayAndHearAsync(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            await SayAsync(text);
            while ((await HearAsync(ChatEventKind.Said)).Line is var line && (line!.By, line.Text) != (Me, text))
            {
            }
        }
    }

    /// <summary>Hears as many lines.</summary>
    public async Task<IReadOnlyList<string>> HearLinesAsync(int count)
    {
        var lines = new List<string>();
        while (lines.Count < count)
            lines.Add((await HearAsync(ChatEventKind.Said)).Line!.Text);

        return lines;
    }

    /// <summary>The next event, which is of this kind, but that others may come and go before it.</summary>
    public async Task<ChatEvent> HearAsync(ChatEventKind kind)
    {
        var heard = await HearAsync();
        while (heard.Kind == ChatEventKind.Moved && kind != ChatEventKind.Moved)
            heard = await HearAsync();

        Assert.Equal(kind, heard.Kind);
        return heard;
    }

    /// <summary>Hears events until only these people are in the room.</summary>
    public async Task SeesAsync(params ChatPerson[] people)
    {
        while (!present.SetEquals(people))
            await HearAsync(ChatEventKind.Moved);
    }

    public Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);

    public void Dispose() => socket.Dispose();

    private async Task<ChatEvent> HearAsync()
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), Cancelled);
            length += part.Count;
        }
        while (!part.EndOfMessage);

        var heard = JsonSerializer.Deserialize<ChatEvent>(buffer.AsSpan(0, length), Json)!;
        present.UnionWith(heard.Members ?? heard.Joined ?? []);
        present.ExceptWith(heard.Left ?? []);
        return heard;
    }
}
