using Krait.Redis.Tests.Servers;

namespace Krait.Redis.Tests.Chaos;

/// <summary>Faults in an order that a seed determines.</summary>
/// <param name="seed">The seed.</param>
/// <param name="redis">The Redis to which they happen.</param>
/// <param name="networks">The networks to it.</param>
internal sealed class Faults(int seed, RedisServer redis, IReadOnlyList<Proxy> networks)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _done = [];

    /// <summary>What has happened.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>Lets faults happen for a time. At the end everything works again.</summary>
    /// <param name="time">How long.</param>
    /// <param name="isPatient">Whether there is time for faults that only a heartbeat notices.</param>
    public async Task RunAsync(TimeSpan time, bool isPatient)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            await PauseAsync(100, 1_000);
            await NextAsync(_random.Next(isPatient ? 9 : 7));
        }
    }

    private Task NextAsync(int fault) => fault switch
    {
        0 => AskAsync("CLIENT KILL TYPE pubsub"),
        1 => AskAsync("CLIENT KILL TYPE normal"),
        2 => AskAsync("FLUSHALL"),
        3 => RestartAsync(),
        4 => FreezeAsync(),
        5 or 6 => DoAsync("cut", static network => network.Cut()),
        7 => DoAsync("deafen", static network => network.Deafen()),
        _ => SwallowAsync(),
    };

    private async Task AskAsync(string command)
    {
        _done.Add(command);
        await redis.AskAsync(command);
    }

    private async Task RestartAsync()
    {
        _done.Add("restart");
        redis.Kill();
        await PauseAsync(0, 500);
        await redis.RestartAsync();
    }

    private async Task FreezeAsync()
    {
        _done.Add("freeze");
        redis.Freeze();
        await PauseAsync(100, 3_000);
        redis.Thaw();
    }

    private async Task SwallowAsync()
    {
        var network = Network("swallow");
        network.Swallow();
        await PauseAsync(100, 3_000);
        network.Heal();
    }

    private Task DoAsync(string fault, Action<Proxy> happen)
    {
        happen(Network(fault));
        return Task.CompletedTask;
    }

    private Proxy Network(string fault)
    {
        var index = _random.Next(networks.Count);
        _done.Add($"{fault} {index}");
        return networks[index];
    }

    private Task PauseAsync(int least, int most) =>
        Task.Delay(_random.Next(least, most), TestContext.Current.CancellationToken);
}
