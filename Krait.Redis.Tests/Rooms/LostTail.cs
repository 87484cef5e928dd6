using System.Globalization;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms;

namespace Krait.Redis.Tests.Rooms;

/// <summary>A room whose Redis is gone, and whose replica took its place without the last messages. More followed.</summary>
public sealed class LostTail : IAsyncLifetime
{
    public const int Kept = 10;
    public const int Lost = 5;
    public const int New = 10;

    private static readonly RoomHistory s_history = new(length: 1_000, age: TimeSpan.FromMinutes(5));

    private readonly List<RoomServer> _servers = [];
    private WatchedRedis? _redis;
    private Engines? _engines;

    /// <summary>A member on the second server, which was there from the start.</summary>
    internal RoomClient Member { get; private set; } = null!;

    internal IReadOnlyList<RoomServer> Servers => _servers;

    public async ValueTask InitializeAsync()
    {
        _redis = await WatchedRedis.StartAsync();
        _engines = new(_redis.Configuration);
        var sender = await StartServerAsync();
        Member = await (await StartServerAsync()).JoinAsync();

        await SendAsync(sender, "kept", Kept);
        await _redis.FreezeReplicaAsync();
        await SendAsync(sender, "lost", Lost);
        await Patience.Until(() => Member.Sent.Count == Kept + Lost);
        await _redis.FailOverAsync();
        await SendAsync(sender, "new", New);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();

        if (_engines is not null)
            await _engines.DisposeAsync();

        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    internal async Task<RoomServer> StartServerAsync()
    {
        var engine = await _engines!.ConnectAsync();
        await Patience.Until(() => engine.IsAvailable); // else clients enter without what Redis has kept
        var server = new RoomServer(engine, s_history);
        _servers.Add(server);
        return server;
    }

    /// <summary>Lets a client come back that has got a number of messages.</summary>
    internal async Task<(RoomClient Client, bool IsRecovered)> ComeBackAsync(RoomServer server, int after)
    {
        var resumption = new Resumption { From = Member.Sent[after - 1].Split('@')[1] };
        return (await server.JoinAsync(resumption), resumption.Recovered);
    }

    /// <summary>Sends messages; repeats those that Redis does not take, since it may be moving.</summary>
    private static async Task SendAsync(RoomServer server, string text, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var message = new Placed(string.Create(CultureInfo.InvariantCulture, $"placed {text} {i}"));
            await Patience.Until(async () =>
            {
                var sending = server.Room.SendAsync(message).AsTask();
                await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return sending.IsCompletedSuccessfully;
            });
        }
    }
}
