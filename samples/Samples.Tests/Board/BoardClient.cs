using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Board;
using Krait.Runtime.Tests.EndToEnd;

namespace Samples.Tests.Board;

/// <summary>A client of the board.</summary>
internal sealed class BoardClient(WebSocket socket) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly byte[] buffer = new byte[64 * 1024];

    private int lastId;

    public Welcome Welcome { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Hears the Welcome, the first event of a connection.</summary>
    public async Task EnterAsync() => Welcome = await HearAsync<Welcome>();

    /// <summary>Sends a command, and returns its reply. The reply must be the next event, except for changes of others.</summary>
    public async Task<BoardReply> AskAsync(BoardCommand command)
    {
        var id = await TellAsync(command);
        BoardEvent heard;
        do
            heard = await HearAsync();
        while (heard is BoardChange or PeopleChanged);

        var reply = Assert.IsType<BoardReply>(heard, exactMatch: false);
        Assert.Equal(id, reply.Id);
        return reply;
    }

    /// <summary>Sends a command that must be carried out.</summary>
    public async Task DoAsync(BoardCommand command) => Assert.IsType<Done>(await AskAsync(command));

    /// <summary>Sends a command, and returns its id.</summary>
    public async Task<int> TellAsync(BoardCommand command)
    {
        var id = ++lastId;
        await SayAsync(JsonSerializer.Serialize(command with { Id = id }, Json));
        return id;
    }

    public Task SayAsync(string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    /// <summary>The next event, which must be of this type, except for people who come and go.</summary>
    public async Task<T> HearAsync<T>()
        where T : BoardEvent
    {
        BoardEvent heard;
        do
            heard = await HearAsync();
        while (heard is PeopleChanged and not T);

        return Assert.IsType<T>(heard, exactMatch: false);
    }

    /// <summary>Hears events until the server closes, and returns its status.</summary>
    public async Task<int> HearCloseAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        return (int)socket.CloseStatus!.Value;
    }

    public Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);

    public void Dispose() => socket.Dispose();

    private async Task<BoardEvent> HearAsync() =>
        await ReceiveAsync() ?? throw new InvalidOperationException($"The server closed with {socket.CloseStatus}.");

    private async Task<BoardEvent?> ReceiveAsync()
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), Cancelled).AsTask().InTime();
            length += part.Count;
        }
        while (!part.EndOfMessage);

        return part.MessageType == WebSocketMessageType.Close
            ? null
            : JsonSerializer.Deserialize<BoardEvent>(buffer.AsSpan(0, length), Json);
    }
}
