using System.Net;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets.Tests.Loops;

/// <summary>Code of a connection that holds its loop up.</summary>
public sealed class HeldLoopTests
{
    private const int Held = 1; // the id of the watchdog's log entry

    [Fact]
    public async Task While_a_handler_blocks_the_others_of_its_loop_go_on_and_the_log_says_which_connection_it_is()
    {
        using var gates = new Gates();
        await using var app = await StartAsync(gates);
        await using var blocked = await ConnectAsync(app, "/block/1");
        await using var other = await ConnectAsync(app, "/block/2");
        for (var i = 0; i < 3; i++)
            await AnswersAsync(blocked, "once its read waits, the loop resumes it");

        var reached = gates.Close("gate");
        await blocked.SendTextAsync("gate");
        await reached.InTime();

        await AnswersAsync(other, "meanwhile");

        await Patience.Until(() => Warnings(app.Logs).Count > 0);
        var warning = Warnings(app.Logs)[0];
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("Krait loop 0", warning.Message, StringComparison.Ordinal);
        Assert.Contains("/block/{id}", warning.Message, StringComparison.Ordinal);
        gates.Open("gate");
        Assert.Equal("gate", await blocked.ReadTextAsync());
        await AnswersAsync(blocked, "afterwards");
        await AnswersAsync(other, "afterwards");
    }

    [Fact]
    public async Task Several_that_block_one_after_the_other_hold_up_only_themselves()
    {
        using var gates = new Gates();
        await using var app = await StartAsync(gates);
        var clients = new List<RawClient>();
        foreach (var name in (string[])["a", "b", "c"])
        {
            clients.Add(await ConnectAsync(app, $"/block/{name}"));
            var reached = gates.Close(name);
            await clients[^1].SendTextAsync(name);
            await reached.InTime();
        }

        await using (var other = await ConnectAsync(app, "/block/other"))
            await AnswersAsync(other, "meanwhile");

        foreach (var (name, client) in ((string[])["c", "a", "b"]).Zip([clients[2], clients[0], clients[1]]))
        {
            gates.Open(name);
            Assert.Equal(name, await client.ReadTextAsync());
            await AnswersAsync(client, "afterwards");
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task All_that_had_come_for_the_rest_of_a_turn_is_handled_though_its_first_connection_blocks()
    {
        using var gates = new Gates();
        await using var app = await StartAsync(gates);
        var clients = new List<RawClient>();
        for (var i = 0; i < 20; i++)
            clients.Add(await ConnectAsync(app, $"/block/{i}"));

        var reached = gates.Close("gate");
        await clients[0].SendTextAsync("gate");
        await reached.InTime();
        await Task.WhenAll(clients.Skip(1).Select(static client => client.SendTextAsync("one")));
        foreach (var client in clients.Skip(1))
            Assert.Equal("one", await client.ReadTextAsync());

        gates.Open("gate");
        Assert.Equal("gate", await clients[0].ReadTextAsync());
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static Task<TestApp> StartAsync(Gates gates) => TestApp.StartAsync(
        static app => app.MapWebSocketController<BlockingController>(),
        builder =>
        {
            builder.Services.AddSingleton(_ => gates); // so that the end of the application opens them
            builder.Services.Configure<SocketsOptions>(static options => options.Loops = 1);
        });

    private static Task<RawClient> ConnectAsync(TestApp app, string path) =>
        RawClient.ConnectAsync(new(IPAddress.Loopback, app.BaseAddress.Port), path);

    private static async Task AnswersAsync(RawClient client, string text)
    {
        await client.SendTextAsync(text);
        Assert.Equal(text, await client.ReadTextAsync());
    }

    private static List<LogEntry> Warnings(CollectedLogs logs) =>
        [.. logs.Entries.Where(static entry => entry.Category == typeof(SocketsListenerFactory).FullName && entry.Id.Id == Held)];
}
