using System.Globalization;
using Krait.Redis.Tests.Engine;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Chaos;

/// <summary>Random faults happen to a room with a history.</summary>
public sealed class ChaosWithHistoryTests : ChaosTests
{
    [Fact]
    public Task Whatever_happens_no_message_comes_twice_all_come_in_one_order_and_every_gap_is_told() =>
        KeepsPromisesAsync(new(length: 1_000, age: TimeSpan.FromMinutes(5)));
}

/// <summary>Random faults happen to a room without history.</summary>
public sealed class ChaosWithoutHistoryTests : ChaosTests
{
    [Fact]
    public Task Whatever_happens_no_message_comes_twice_each_publisher_has_its_order_and_every_gap_is_told() =>
        KeepsPromisesAsync(history: null);
}

/// <summary>
/// Random faults, for as many seconds as the environment variable KRAIT_REDIS_FAULTS says; else for a few. KRAIT_REDIS_SEED
/// repeats the order of faults that a failed test names.
/// </summary>
[Trait("Category", "Slow")]
public abstract class ChaosTests : OnRedis
{
    private const int PatientSeconds = 30;

    private protected async Task KeepsPromisesAsync(RoomHistory? history)
    {
        var seconds = Setting("KRAIT_REDIS_FAULTS", 4);
        var seed = Setting("KRAIT_REDIS_SEED", Random.Shared.Next());
        await using var a = await ChaosServer.StartAsync(Redis, "a", history);
        await using var b = await ChaosServer.StartAsync(Redis, "b", history);
        await using var c = await ChaosServer.StartAsync(Redis, "c", history);
        ChaosServer[] servers = [a, b, c];
        var faults = new Faults(seed, Redis, [.. servers.Select(static server => server.Network)]);

        await RunAsync(servers, faults, TimeSpan.FromSeconds(seconds));

        var members = servers.Select(static server => server.Witness.Account).ToList();
        var checker = new Checker(members, servers.SelectMany(static server => server.Taken), hasOneOrder: history is not null);
        var complaints = checker.Complaints().Take(10).ToList();
        var story = $"KRAIT_REDIS_SEED={seed}: {string.Join(", ", faults.Done)}.";
        Assert.True(complaints.Count == 0, string.Join('\n', [story, .. complaints]));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{story} Members got {string.Join(", ", members.Select(static member => member.Texts.Count))} messages.");
    }

    /// <summary>
    /// Publishes while faults happen, and until every member hears every publisher again. Then waits for the last messages.
    /// </summary>
    private static async Task RunAsync(ChaosServer[] servers, Faults faults, TimeSpan time)
    {
        using var ending = new CancellationTokenSource();
        var publishing = Task.WhenAll(servers.Select(server => server.PublishAsync(ending.Token)));
        var looking = LookAsync(servers, publishing);
        await faults.RunAsync(time, isPatient: time >= TimeSpan.FromSeconds(PatientSeconds));
        var sent = servers.Select(static server => (Server: server, server.Published)).ToList();
        await Patience.Until(() => servers.All(member => sent.All(other => member.Hears(other.Server, after: other.Published))));
        await ending.CancelAsync();
        await publishing.InTime();
        await looking.InTime();
    }

    /// <summary>Answers losses when they are told, until all members have got the last messages.</summary>
    private static async Task LookAsync(ChaosServer[] servers, Task<string[]> publishing)
    {
        while (true)
        {
            string[] last = publishing.IsCompletedSuccessfully ? await publishing : [""];
            if (servers.Count(server => last.All(server.Witness.Has)) == servers.Length) // all of them answer their losses
                return;

            await Task.Delay(20, Token);
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
