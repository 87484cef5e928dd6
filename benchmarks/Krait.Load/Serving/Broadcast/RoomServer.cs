namespace Krait.Load.Serving;

/// <summary>Rooms.</summary>
/// <remarks>
/// Clients that are only told something answer no pings, and some read nothing for as long as a run lasts: neither ends a
/// connection here.
/// </remarks>
internal static class RoomServer
{
    private const int SmallMemberBuffer = 2 * 1024;

    public static void Add(WebApplicationBuilder builder, RoomHistory? history)
    {
        builder.Services
            .AddKrait(options => options.KeepAliveInterval = options.SendTimeout = Limits.LongerThanAnyRun)
            .AddRooms<Tick>(rooms => rooms.History = history)
            .AddRooms<Post>(rooms => rooms.History = history)
            .AddSingleton<RoomPublisher>()
            .AddSingleton<Publisher>(services => services.GetRequiredService<RoomPublisher>());
        if (SharedRedis.Address is { } redis)
            builder.Services.AddKraitRedis(redis, options => options.Prefix = history is null ? "relay" : "history");
    }

    /// <summary>Rooms of which little waits where a newer quote cannot replace it.</summary>
    public static void AddFresh(WebApplicationBuilder builder)
    {
        Add(builder, history: null);
        builder.Services.AddRooms<Quote>(rooms => rooms.MemberBufferSize = SmallMemberBuffer);
    }

    public static void Map(WebApplication app)
    {
        app.MapWebSocketController<MemberController>();
        app.MapWebSocketController<DropperController>();
        app.MapWebSocketController<QuoteController>();
        app.MapWebSocketController<IdleController>();
        app.MapWebSocketController<OwnController>();
        app.MapWebSocketController<ShelfController>();
        app.MapWebSocketController<FeedController>();
    }
}

/// <summary>Sends to rooms.</summary>
internal sealed class RoomPublisher(IRooms<Tick> ticks, IRooms<Quote> quotes, IRooms<Post> posts) : Publisher
{
    public const string Members = "members";
    public const string Quotations = "quotes";
    public const string Feed = "feed";

    private WebSocketConnection? _reader;

    protected override int MembershipCount =>
        ticks.Active.Sum(name => ticks[name].LocalCount) + quotes.Active.Sum(name => quotes[name].LocalCount)
        + posts.Active.Sum(name => posts[name].LocalCount);

    protected override int WaitingQuotes => Volatile.Read(ref _reader)?.WaitingMessages ?? Unknown;

    /// <summary>Counts what waits for this client from now on.</summary>
    public void Watch(WebSocketConnection reader) => Volatile.Write(ref _reader, reader);

    protected override ValueTask SendAsync(Tick tick)
    {
        ticks[Members].Send(tick);
        return default;
    }

    protected override ValueTask SendAsync(Post post) => posts[Feed].SendAsync(post);

    protected override ValueTask SendAsync(Quote quote)
    {
        quotes[Quotations].Send(quote);
        return default;
    }
}

[WebSocketController(Seats.Members, Sends = typeof(Tick))]
internal sealed partial class MemberController([Room(RoomPublisher.Members)] IRoom<Tick> room)
{
    [OnOpen]
    private void Enter() => ArgumentNullException.ThrowIfNull(room); // joined already
}

[WebSocketController(Seats.Droppers, Sends = typeof(Tick))]
internal sealed partial class DropperController(IRooms<Tick> rooms)
{
    [OnOpen]
    private void Enter() => rooms[RoomPublisher.Members].Join(Connection, new() { WhenSlow = SlowReaderPolicy.DropOldest });
}

[WebSocketController(Seats.Quotes, Sends = typeof(Quote))]
internal sealed partial class QuoteController([Room(RoomPublisher.Quotations)] IRoom<Quote> room, RoomPublisher publisher)
{
    [OnOpen]
    private void Enter()
    {
        if (room.LocalCount == 1)
            publisher.Watch(Connection);
    }
}

[WebSocketController(Seats.IdlePattern, Sends = typeof(Tick))]
internal sealed partial class IdleController(IRooms<Tick> all, int rooms)
{
    [OnOpen]
    private void Enter()
    {
        foreach (var name in Seats.IdleRoomNames(rooms))
            all[name].Join(Connection);
    }
}

[WebSocketController(Seats.ShelfPattern, Sends = typeof(Tick))]
internal sealed partial class ShelfController(IRooms<Tick> all, int shelf)
{
    [OnOpen]
    private void Enter()
    {
        for (var i = 0; i < Seats.RoomsOfShelf; i++)
            all[$"shelf/{shelf}/{i}"].Join(Connection);
    }
}

[WebSocketController(Seats.OwnPattern, Sends = typeof(Tick))]
internal sealed partial class OwnController([Room("own/{room}")] IRoom<Tick> room)
{
    [OnOpen]
    private void Enter() => ArgumentNullException.ThrowIfNull(room); // joined already
}

[WebSocketController(Seats.Feed, Sends = typeof(Post))]
internal sealed partial class FeedController([Room(RoomPublisher.Feed)] IRoom<Post> room)
{
    /// <summary>Tells a client that misses something nothing that it could count.</summary>
    [OnOpen]
    private void Enter([Resume] Resumption resumed) => _ = (room, resumed.Recovered);
}
