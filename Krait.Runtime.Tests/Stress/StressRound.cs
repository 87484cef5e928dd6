using System.Globalization;
using System.Net;
using Krait.Connections;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Stress;

/// <summary>Random clients of one application, which stops among them.</summary>
internal static class StressRound
{
    private const int Clients = 16;

    /// <summary>Plays a round and checks what is left of it.</summary>
    /// <param name="seed">Repeats what the clients do, as far as threads allow.</param>
    /// <returns>How many connections there were.</returns>
    public static async Task<int> RunAsync(int seed)
    {
        var ledger = new StressLedger();
        await using var app = await StartAsync(ledger);
        var random = new Random(seed);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lives = Enumerable.Range(0, Clients).Select(number => LiveAsync(app, number, new(random.Next()), stopping.Task)).ToArray();
        await Task.Delay(random.Next(100, 1000)); // when the host stops is as random as the rest
        stopping.SetResult();
        await app.StopAsync().InTime();
        var clients = (await Task.WhenAll(lives).InTime()).SelectMany(static life => life).ToArray();

        foreach (var client in clients.Where(static client => client.IsConnected))
            Check(client, ledger.Of(client.Id), seed);

        Assert.Equal(0, app.Services.GetRequiredService<ConnectionRegistry>().Count);
        Assert.Equal(0, ledger.ScopesLeft);
        Assert.DoesNotContain(app.Logs.Entries, static entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
        return clients.Length;
    }

    private static Task<TestApp> StartAsync(StressLedger ledger) => TestApp.StartAsync(
        static app =>
        {
            app.MapWebSocketController<StressEventController>();
            app.MapWebSocketController<StressQueueController>();
        },
        builder => builder.Services.AddSingleton(ledger).AddScoped<StressScope>());

    /// <summary>One connection after another, until the host stops.</summary>
    private static async Task<List<StressClient>> LiveAsync(TestApp app, int number, Random random, Task stopping)
    {
        var server = new IPEndPoint(IPAddress.Loopback, app.BaseAddress.Port);
        var clients = new List<StressClient>();
        while (!stopping.IsCompleted)
        {
            var client = new StressClient($"{number}-{clients.Count}", random);
            clients.Add(client);
            await client.RunAsync(server, stopping);
        }

        return clients;
    }

    private static void Check(StressClient client, StressEntry entry, int seed)
    {
        var why = Assert.Single(entry.Closes);
        var handled = entry.Handled.Count;
        var story = $"seed {seed}, client {client.Id}: {client.End}, sent {client.Sent}, handled {handled}, {why.Cause}";
        var inOrder = Enumerable.Range(0, handled).Select(static number => number.ToString(CultureInfo.InvariantCulture));
        Assert.True(inOrder.SequenceEqual(entry.Handled), $"Not once and in order. {story}");
        Assert.True(IsComplete(client, handled, why), $"A message is missing. {story}");
        Assert.Equal(1, entry.Disposals);
        Assert.True(entry.Completion is null or { IsCompletedSuccessfully: true }, $"Not completed. {story}");
    }

    /// <summary>Whether all was handled that was received before the end.</summary>
    /// <remarks>A reset destroys what the server has not read; of what was sent in one piece, the server has read all or nothing.</remarks>
    private static bool IsComplete(StressClient client, int handled, CloseInfo why) => why.Cause switch
    {
        CloseCause.ClientClosed => handled == client.Sent,
        CloseCause.ConnectionLost when client is { End: StressEnd.Finishes, HasEnded: true } => handled == client.Sent,
        CloseCause.HostStopping => client.IsWhole(handled),
        _ => true,
    };
}
