using System.Net;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>How a whole server drains.</summary>
public sealed class HostDrainTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();

    public static TheoryData<Carrier> Carriers => [Carrier.Http1, Carrier.Http2, Carrier.Http1WithoutStream, Carrier.InMemory];

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Every_client_hears_goodbye_and_then_1012(Carrier carrier)
    {
        await using var app = await StartAsync(carrier);
        var clients = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.ConnectAsync("drain")));

        var stopping = app.StopAsync();
        var ends = clients.Select(async client =>
        {
            Assert.Equal("come back", await client.ReceiveTextAsync());
            return await client.ReceiveCloseAsync();
        });
        var ended = Task.WhenAll([.. ends]);
        await _clock.MoveUntil(TimeSpan.FromSeconds(1), ended);

        Assert.All(await ended, static end => Assert.Equal((1012, "draining"), end));
        await stopping.InTime();
        Assert.All(app.Journal().Closes, static why => Assert.Equal((CloseCause.Draining, true), (why.Cause, why.WasClean)));
        Assert.Empty(app.Logs.OfKrait());
    }

    [Fact]
    public async Task The_host_stops_as_soon_as_all_clients_have_gone()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("drain");

        var stopping = app.StopAsync(); // the only client is the first, and the clock stands still

        Assert.Equal(1012, (await client.ReceiveCloseAsync()).Status);
        await stopping.InTime();
    }

    [Theory]
    [InlineData(Carrier.Http1)]
    [InlineData(Carrier.Http2)]
    public async Task An_upgrade_is_refused_with_503_while_the_server_drains(Carrier carrier)
    {
        await using var app = await StartAsync(carrier, options => options.ReconnectSpread = TimeSpan.FromSeconds(7));
        using var client = await app.ConnectAsync("drain");
        Assert.Equal("here", await client.AskAsync("here")); // one that opens while the server stops is drained at once
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        using var response = await app.Client.AskAsync(
            carrier == Carrier.Http2 ? Upgrades.ExtendedConnect("drain") : Upgrades.Request("drain"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 7);
        Assert.Equal(carrier == Carrier.Http1 ? true : null, response.Headers.ConnectionClose);
        Assert.StartsWith("The server is stopping.", await response.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal("still here", await client.AskAsync("still here"));
    }

    [Fact]
    public async Task Retry_After_is_at_least_a_second()
    {
        await using var app = await StartAsync(Carrier.Http1, options => options.ReconnectSpread = TimeSpan.Zero);
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        using var response = await app.Client.AskAsync(Upgrades.Request("drain"));

        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_request_that_no_server_would_upgrade_gets_its_usual_answer()
    {
        await using var app = await StartAsync();
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        using var response = await app.Client.GetAsync("drain", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    [Fact]
    public async Task A_connection_whose_upgrade_was_under_way_is_drained_at_once()
    {
        await using var app = await StartAsync();
        var connecting = app.ConnectAsync("drain?slow=true");
        await app.Journal().Has("upgrading");

        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        app.Gate().Open();

        using var client = await connecting;
        Assert.Equal("come back", await client.ReceiveTextAsync());
        Assert.Equal(1012, (await client.ReceiveCloseAsync()).Status);
    }

    [Fact]
    public async Task A_connection_that_has_not_opened_when_the_period_is_over_gets_1001()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("drain?opens=false");
        await app.Journal().Has("opening");

        var stopping = app.StopAsync();
        var end = client.ReceiveCloseAsync();
        await _clock.MoveUntil(Period, end);

        Assert.Equal(1001, (await end).Status);
        await stopping.InTime();
    }

    [Fact]
    public async Task Health_is_off_from_the_moment_at_which_the_host_begins_to_stop()
    {
        await using var app = await StartAsync();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(app));

        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(app));
    }

    [Fact]
    public async Task Health_is_degraded_while_the_backplane_is_away()
    {
        var engine = new Unreachable();
        await using var app = await StartAsync(build: builder => builder.Services.AddSingleton<IRoomBackplane>(engine));
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(app));

        engine.IsAvailable = true;

        Assert.Equal(HealthStatus.Healthy, await HealthAsync(app));
    }

    [Fact]
    public async Task Health_without_AddKrait_says_what_is_missing()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddKrait("sockets", ["ready"]);
        await using var provider = services.BuildServiceProvider();

        var registration = provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Single();
        var error = Assert.Throws<InvalidOperationException>(() => registration.Factory(provider));

        Assert.Contains("call AddKrait", error.Message, StringComparison.Ordinal);
        Assert.Equal(("sockets", "ready"), (registration.Name, registration.Tags.Single()));
    }

    private static async Task<HealthStatus> HealthAsync(TestApp app)
    {
        var health = app.Services.GetRequiredService<HealthCheckService>();
        return (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["krait"].Status;
    }

    private Task<TestApp> StartAsync(
        Carrier carrier = Carrier.Http1, Action<KraitOptions>? configure = null, Action<WebApplicationBuilder>? build = null) =>
        Served.StartAsync<DrainController>(carrier, builder =>
        {
            Served.With(_clock, options =>
            {
                options.DrainPeriod = Period;
                options.StopTimeout = options.CloseTimeout = TimeSpan.FromHours(10); // the clock moves faster than the machine
                options.KeepAliveInterval = options.SendTimeout = Timeout.InfiniteTimeSpan;
                configure?.Invoke(options);
            })(builder);
            builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromDays(1));
            builder.Services.AddHealthChecks().AddKrait();
            build?.Invoke(builder);
        });

    private sealed class Unreachable : IRoomBackplane
    {
        public bool IsAvailable { get; set; }

        public ValueTask PublishAsync(RoomChannel channel, ReadOnlyMemory<byte> payload) => throw new IOException();

        public ValueTask<IAsyncDisposable> SubscribeAsync(RoomChannel channel, IBackplaneSink sink, CancellationToken cancellationToken) =>
            throw new IOException();

        public ValueTask<IReadOnlyList<BackplaneMessage>> ReadAsync(
            RoomChannel channel, string? after, int most, CancellationToken cancellationToken) => throw new IOException();

        public ValueTask ReconnectAsync(CancellationToken cancellationToken) => throw new IOException();
    }
}

/// <summary>Says goodbye when the server drains.</summary>
[WebSocketController("/drain")]
internal sealed partial class DrainController(Journal journal)
{
    [OnUpgrade]
    private static async Task<UpgradeDecision> Check(Journal journal, Gate gate, [FromQuery] bool slow = false)
    {
        journal.Note("upgrading");
        if (slow)
            await gate.Opened;

        return UpgradeDecision.Accept();
    }

#pragma warning disable KRAIT096 // It opens too slowly on purpose.
    [OnOpen]
    private async Task Open(CancellationToken stopping, [FromQuery] bool opens = true)
    {
        journal.Note("opening");
        if (!opens)
            await Task.Delay(Timeout.Infinite, stopping);
    }
#pragma warning restore KRAIT096

    [OnMessage]
    private static string Echo(string text) => text;

    [OnDrain]
    private static string Leave(DrainInfo drain) => drain.ReconnectAfter >= TimeSpan.Zero ? "come back" : "never";

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}
