using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Krait.Redis.Tests.Hosting;

/// <summary>An application that uses Redis.</summary>
public sealed class SetupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("redis:6379,colour=red", "colour")]
    [InlineData("redis:6379,connectTimeout=soon", "connectTimeout")]
    [InlineData("", "names no server")]
    [InlineData("ssl=true", "names no server")]
    public void A_configuration_that_cannot_be_used_is_refused_with_a_sentence(string configuration, string said)
    {
        var error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKraitRedis(configuration));

        Assert.StartsWith("The configuration of Redis ", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_prefix_stops_the_application_from_starting()
    {
        await using var app = App(services => services.AddKraitRedis("127.0.0.1:1", static redis => redis.Prefix = ""));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(Token));

        Assert.Equal("KraitRedisOptions.Prefix is empty; give it a name.", error.Message);
    }

    [Fact]
    public async Task The_last_call_says_where_Redis_is_and_the_core_finds_the_engine()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = App(services => services.AddKraitRedis("127.0.0.1:1").AddKraitRedis(redis.Configuration));

        await app.StartAsync(Token);

        Assert.True(app.Services.GetRequiredService<IRoomBackplane>().IsAvailable);
    }

    [Fact]
    public async Task An_application_starts_without_Redis_and_finds_it_later()
    {
        await using var redis = RedisServer.Absent();
        using var logs = new CollectedLogs();
        await using var app = App(services => services.AddKraitRedis(redis.Configuration), logs);

        await app.StartAsync(Token).InTime();

        var engine = app.Services.GetRequiredService<IRoomBackplane>();
        Assert.False(engine.IsAvailable);
        Assert.Single(logs.OfKrait());
        await redis.RestartAsync();
        await Patience.Until(() => engine.IsAvailable);
        await engine.SubscribeAsync(new("Chat/room", null), new CollectingSink(), Token);
    }

    [Fact]
    public async Task A_configuration_that_is_asked_for_is_asked_again_when_that_has_failed()
    {
        await using var redis = await RedisServer.StartAsync();
        var asked = 0;
        await using var app = App(services => services.AddKraitRedis(_ => Interlocked.Increment(ref asked) <= 2
            ? Task.FromException<ConfigurationOptions>(new InvalidOperationException("no token yet"))
            : Task.FromResult(ConfigurationOptions.Parse(redis.Configuration))));

        await app.StartAsync(Token).InTime();

        var engine = app.Services.GetRequiredService<IRoomBackplane>();
        await Patience.Until(() => engine.IsAvailable);
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task Health_is_Degraded_while_Redis_is_away_or_frozen()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = App(services =>
            services.AddKraitRedis(redis.Configuration).AddHealthChecks().AddKraitRedis(tags: ["rooms"]));
        await app.StartAsync(Token);
        var health = app.Services.GetRequiredService<HealthCheckService>();
        async Task<HealthStatus> StatusAsync() => (await health.CheckHealthAsync(Token)).Entries["krait-redis"].Status;

        Assert.Equal(HealthStatus.Healthy, await StatusAsync());
        redis.Freeze();
        Assert.Equal(HealthStatus.Degraded, await StatusAsync());
        redis.Thaw();
        await Patience.Until(async () => await StatusAsync() == HealthStatus.Healthy);
        redis.Kill();
        await Patience.Until(async () => await StatusAsync() == HealthStatus.Degraded);
    }

    [Fact]
    public async Task A_health_check_without_Redis_says_what_is_missing()
    {
        var checks = new ServiceCollection();
        checks.AddLogging().AddHealthChecks().AddKraitRedis();
        await using var services = checks.BuildServiceProvider();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token));

        Assert.Contains("call AddKraitRedis on the services", error.Message, StringComparison.Ordinal);
    }

    private static WebApplication App(Action<IServiceCollection> add, CollectedLogs? logs = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (logs is not null)
            builder.Logging.AddProvider(logs);

        add(builder.Services);
        return builder.Build();
    }
}
