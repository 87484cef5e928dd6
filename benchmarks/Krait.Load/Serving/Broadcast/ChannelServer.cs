using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Krait.Load.Serving;

/// <summary>
/// The careful loop by hand: each WebSocket has a bounded channel and a task that sends what is in it, so that nobody waits
/// for the slow.
/// </summary>
internal static class ChannelServer
{
    public static void Add(WebApplicationBuilder builder) => builder.Services
        .AddSingleton<ChannelPublisher>()
        .AddSingleton<Publisher>(services => services.GetRequiredService<ChannelPublisher>());

    public static void Map(WebApplication app)
    {
        var publisher = app.Services.GetRequiredService<ChannelPublisher>();
        app.UseWebSockets(new() { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.Map(Seats.Members, context => ServeAsync(context, publisher.Ticks));
        app.Map(Seats.Droppers, context => ServeAsync(context, publisher.Ticks));
        app.Map(Seats.Quotes, context => ServeAsync(context, publisher.Quotes));
    }

    private static async Task ServeAsync(HttpContext context, Crowd<Channel<byte[]>> crowd)
    {
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        var channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(ChannelPublisher.Capacity)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        crowd.Add(channel);
        try
        {
            var end = webSocket.ReceiveAsync(new byte[1].AsMemory(), context.RequestAborted).AsTask();
            await Task.WhenAny(SendAsync(webSocket, channel.Reader), end);
        }
        finally
        {
            crowd.Remove(channel);
            channel.Writer.Complete();
        }
    }

    private static async Task SendAsync(WebSocket webSocket, ChannelReader<byte[]> messages)
    {
        await foreach (var message in messages.ReadAllAsync())
            await webSocket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }
}

/// <summary>Encodes once, and puts the bytes into every channel.</summary>
internal sealed class ChannelPublisher : Publisher
{
    /// <summary>As many messages as a room lets wait for a member.</summary>
    public const int Capacity = 64;

    public Crowd<Channel<byte[]>> Ticks { get; } = new();

    public Crowd<Channel<byte[]>> Quotes { get; } = new();

    protected override int MembershipCount => Ticks.Members.Length + Quotes.Members.Length;

    protected override ValueTask SendAsync(Tick tick) =>
        Send(Ticks, JsonSerializer.SerializeToUtf8Bytes(tick, Messages.Default.Tick));

    protected override ValueTask SendAsync(Quote quote) =>
        Send(Quotes, JsonSerializer.SerializeToUtf8Bytes(quote, Messages.Default.Quote));

    private static ValueTask Send(Crowd<Channel<byte[]>> crowd, byte[] message)
    {
        foreach (var member in crowd.Members)
            member.Writer.TryWrite(message);

        return default;
    }
}
