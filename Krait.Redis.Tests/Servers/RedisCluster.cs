using System.Globalization;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Servers;

/// <summary>A cluster of three masters.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16384;

    private readonly List<RedisServer> _nodes = [];

    public string Configuration => string.Join(',', _nodes.Select(static node => $"127.0.0.1:{node.Port}"));

    public static async Task<RedisCluster> StartAsync()
    {
        var cluster = new RedisCluster();
        for (var i = 0; i < 3; i++)
            await cluster.AddAsync(first: Slots * i / 3, last: (Slots * (i + 1) / 3) - 1);

        foreach (var node in cluster._nodes)
            await Patience.Until(async () => await node.AskAsync("CLUSTER INFO") == "cluster_state:ok");

        return cluster;
    }

    /// <summary>Moves the slot of some keys, with the keys, from its node to the next, the way redis-cli does.</summary>
    /// <param name="pause">Is called between the steps.</param>
    /// <param name="keys">All keys of the slot.</param>
    public async Task MoveAsync(Func<Task> pause, params string[] keys)
    {
        var slot = (await _nodes[0].AskAsync($"CLUSTER KEYSLOT {keys[0]}"))[1..];
        var from = (int)(int.Parse(slot, CultureInfo.InvariantCulture) * 3L / Slots);
        var (source, target) = (_nodes[from], _nodes[(from + 1) % 3]);
        var (sourceId, targetId) = (await source.AskAsync("CLUSTER MYID"), await target.AskAsync("CLUSTER MYID"));

        await DemandAsync(target, $"CLUSTER SETSLOT {slot} IMPORTING {sourceId}");
        await DemandAsync(source, $"CLUSTER SETSLOT {slot} MIGRATING {targetId}");
        await pause();
        await DemandAsync(source, $"MIGRATE 127.0.0.1 {target.Port} \"\" 0 5000 KEYS {string.Join(' ', keys)}");
        await pause();
        foreach (var node in new[] { target, source, _nodes[(from + 2) % 3] })
            await DemandAsync(node, $"CLUSTER SETSLOT {slot} NODE {targetId}");
    }

    /// <summary>Sends one command to every node.</summary>
    public async Task<IReadOnlyList<string>> AskAllAsync(string command) =>
        await Task.WhenAll(_nodes.Select(node => node.AskAsync(command)));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    private static async Task DemandAsync(RedisServer node, string command) =>
        Assert.Equal("+OK", await node.AskAsync(command));

    private async Task AddAsync(int first, int last)
    {
        var bus = RedisServer.FreePort(); // by default it would be 10,000 above the port, which may be taken
        var node = await RedisServer.StartAsync(
            "--cluster-enabled", "yes", "--cluster-port", bus.ToString(CultureInfo.InvariantCulture));
        _nodes.Add(node);
        await DemandAsync(node, $"CLUSTER ADDSLOTSRANGE {first} {last}");
        if (node != _nodes[0])
            await DemandAsync(_nodes[0], $"CLUSTER MEET 127.0.0.1 {node.Port} {bus}");
    }
}
