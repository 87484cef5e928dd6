using System.Net;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>Remembers what became of the controllers.</summary>
internal sealed class Fates
{
    public int Constructed { get; set; }

    public int Disposed { get; set; }
}

/// <summary>Is registered nowhere.</summary>
internal sealed class Absent;

[WebSocketController("/numbers/{number}")]
internal sealed partial class NumberController(int number, Fates fates) : IAsyncDisposable
{
    private readonly int _constructed = ++fates.Constructed;

    public ValueTask DisposeAsync()
    {
        fates.Disposed++;
        return default;
    }

    [OnOpen]
    public string Greet([FromQuery] Guid ticket) => $"{_constructed}: {number}, {ticket}";

    [OnMessage]
    public static string Echo(string message) => message;
}

[WebSocketController("/failing")]
internal sealed partial class FailingController
{
    public FailingController() => throw new InvalidOperationException("secret of the constructor");

    [OnMessage]
    public static string Echo(string message) => message;
}

[WebSocketController("/absent")]
internal sealed partial class AbsentController(Absent service)
{
    [OnMessage]
    public string Echo(string message) => message + service;
}

public class ConstructionTests
{
    [Fact]
    public async Task A_route_value_that_does_not_parse_is_refused_before_the_upgrade()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("numbers/many?ticket=" + Guid.Empty));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal($"The route value 'number' is 'many'; expected a whole number from {int.MinValue} to {int.MaxValue}.", await response.ProblemAsync());
        Assert.Equal(0, Fates(app).Constructed);
    }

    [Fact]
    public async Task A_value_of_OnOpen_that_does_not_parse_is_refused_before_the_upgrade_and_the_controller_is_disposed()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("numbers/1?ticket=none"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("'ticket'", await response.ProblemAsync());
        Assert.Equal((1, 1), (Fates(app).Constructed, Fates(app).Disposed));
    }

    [Fact]
    public async Task A_constructor_that_throws_is_a_500_without_its_text_and_one_entry_in_the_log()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("failing"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await response.ProblemAsync());
        Assert.Equal("secret of the constructor", Assert.Single(app.Logs.OfKrait()).Error?.Message);
    }

    [Fact]
    public async Task A_missing_service_is_a_500_and_the_log_names_it()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("absent"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain(nameof(Absent), await response.ProblemAsync());
        var logged = Assert.Single(app.Logs.OfKrait()).Message;
        Assert.Contains(typeof(Absent).FullName!, logged);
        Assert.Contains(nameof(AbsentController), logged);
    }

    [Fact]
    public async Task At_the_servers_limit_an_upgrade_is_refused_with_503_and_the_controller_is_disposed()
    {
        await using var app = await StartAsync(limit: 1);
        using var first = await app.ConnectAsync("numbers/1?ticket=" + Guid.Empty);

        using var response = await app.Client.AskAsync(Upgrades.Request("numbers/2?ticket=" + Guid.Empty));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.False(response.Headers.Contains("Sec-WebSocket-Accept"));
        Assert.Contains("no more WebSocket connections", await response.ProblemAsync());
        Assert.Equal((2, 1), (Fates(app).Constructed, Fates(app).Disposed));
    }

    private static Fates Fates(TestApp app) => app.Services.GetRequiredService<Fates>();

    private static Task<TestApp> StartAsync(long? limit = null) => TestApp.StartAsync(
        app =>
        {
            app.MapWebSocketController<NumberController>();
            app.MapWebSocketController<FailingController>();
            app.MapWebSocketController<AbsentController>();
        },
        builder =>
        {
            builder.Services.AddSingleton<Fates>();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = limit);
        });
}
