namespace Krait.Load.Serving;

/// <summary>Connections of Krait's in a list, and a loop that tries to send to each: what one writes without rooms.</summary>
internal static class NaiveServer
{
    public static void Add(WebApplicationBuilder builder) => builder.Services
        .AddKrait(options => options.KeepAliveInterval = options.SendTimeout = Limits.LongerThanAnyRun)
        .AddSingleton<Crowd<IMessageSender<Tick>>>()
        .AddSingleton<Crowd<IMessageSender<Quote>>>()
        .AddSingleton<Publisher, NaivePublisher>();

    public static void Map(WebApplication app)
    {
        app.MapWebSocketController<NaiveTickController>(Seats.Members);
        app.MapWebSocketController<NaiveTickController>(Seats.Droppers);
        app.MapWebSocketController<NaiveQuoteController>(Seats.Quotes);
    }
}

/// <summary>Encodes once; whose send buffer is full misses the message.</summary>
internal sealed class NaivePublisher(Crowd<IMessageSender<Tick>> ticks, Crowd<IMessageSender<Quote>> quotes) : Publisher
{
    protected override int MembershipCount => ticks.Members.Length + quotes.Members.Length;

    protected override ValueTask SendAsync(Tick tick) => Send(ticks, tick);

    protected override ValueTask SendAsync(Quote quote) => Send(quotes, quote);

    private static ValueTask Send<T>(Crowd<IMessageSender<T>> crowd, T message)
    {
        var encoded = Encoded.Create(message);
        foreach (var member in crowd.Members)
            member.TrySend(encoded);

        return default;
    }
}

[WebSocketController("/naive/members", Sends = typeof(Tick))]
internal sealed partial class NaiveTickController(Crowd<IMessageSender<Tick>> crowd)
{
    [OnOpen]
    private void Enter() => crowd.Add(Connection);

    [OnClose]
    private void Leave(CloseInfo why) => crowd.Remove(Connection);
}

[WebSocketController("/naive/quotes", Sends = typeof(Quote))]
internal sealed partial class NaiveQuoteController(Crowd<IMessageSender<Quote>> crowd)
{
    [OnOpen]
    private void Enter() => crowd.Add(Connection);

    [OnClose]
    private void Leave(CloseInfo why) => crowd.Remove(Connection);
}
