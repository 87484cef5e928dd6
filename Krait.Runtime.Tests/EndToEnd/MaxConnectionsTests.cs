using System.Net;
using System.Security.Claims;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Upgrading;
using Krait.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>A client has no more connections than it may have, and every slot comes back.</summary>
public sealed class MaxConnectionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_connection_too_many_is_refused_with_429_before_OnUpgrade()
    {
        await using var app = await StartAsync();
        using var first = await app.ConnectAsync("caps/two");
        using var second = await app.ConnectAsync("caps/two");

        using var refused = await app.Client.AskAsync(Upgrades.Request("caps/two"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("There are already 2 connections of this user, the maximum. Close one of them first.", await refused.ProblemAsync());
        Assert.Null(refused.Headers.RetryAfter);
        Assert.Equal(["upgrade", "upgrade"], app.Journal().Entries);
    }

    [Fact]
    public async Task The_slot_of_a_connection_that_has_ended_is_free()
    {
        await using var app = await StartAsync();
        using var first = await app.ConnectAsync("caps/two");
        using var second = await app.ConnectAsync("caps/two");
        await first.CloseAsync(1000);
        second.Abort();
        await AllReturnedAsync(app);

        using var third = await app.ConnectAsync("caps/two");
        Assert.Equal("hello", await third.AskAsync("hello"));
    }

    [Fact]
    public async Task Users_count_apart_and_each_controller_counts_for_itself()
    {
        await using var app = await StartAsync();
        using var ada = await app.ConnectAsync("caps/one", headers: ("X-User", "ada"));
        using var bob = await app.ConnectAsync("caps/one", headers: ("X-User", "bob"));
        using var elsewhere = await app.ConnectAsync("caps/two", headers: ("X-User", "ada"));

        using var again = await app.Client.AskAsync(Upgrades.Request("caps/one", ("X-User", "ada")));

        Assert.Equal(HttpStatusCode.TooManyRequests, again.StatusCode);
    }

    [Fact]
    public async Task A_limit_of_an_address_counts_all_its_users()
    {
        await using var app = await StartAsync();
        using var ada = await app.ConnectAsync("caps/address", headers: ("X-User", "ada"));
        using var bob = await app.ConnectAsync("caps/address", headers: ("X-User", "bob"));

        using var third = await app.Client.AskAsync(Upgrades.Request("caps/address", ("X-User", "cyd")));

        Assert.StartsWith("There are already 2 connections of this address", await third.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_a_later_limit_refuses_takes_no_slot_of_an_earlier_one()
    {
        await using var app = await StartAsync();
        using (var ada = await app.ConnectAsync("caps/address", headers: ("X-User", "ada")))
        using (var bob = await app.ConnectAsync("caps/address", headers: ("X-User", "bob")))
        {
            for (var i = 0; i < 3; i++)
            {
                using var refused = await app.Client.AskAsync(Upgrades.Request("caps/address", ("X-User", "cyd")));
                Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            }
        }

        await AllReturnedAsync(app);
        using var cyd = await app.ConnectAsync("caps/address", headers: ("X-User", "cyd"));
    }

    [Theory]
    [InlineData("caps/one?deny=1", 403)]
    [InlineData("caps/one?throw=1", 500)]
    [InlineData("caps/one?number=x", 400)]
    public async Task A_refused_request_gives_its_slot_back_before_the_answer(string path, int status)
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            using var refused = await app.Client.AskAsync(Upgrades.Request(path));
            Assert.Equal(status, (int)refused.StatusCode);
        }

        Assert.Equal(0, Slots(app).Clients);
    }

    [Fact]
    public async Task An_upgrade_that_the_server_refuses_gives_its_slot_back()
    {
        await using var app = await StartAsync(static builder =>
            builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 0));
        for (var i = 0; i < 3; i++)
        {
            using var refused = await app.Client.AskAsync(Upgrades.Request("caps/one"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        Assert.Equal(0, Slots(app).Clients);
    }

    [Fact]
    public async Task A_request_that_asks_for_no_WebSocket_is_told_so_whatever_the_count()
    {
        await using var app = await StartAsync();
        using var first = await app.ConnectAsync("caps/one");

        using var refused = await app.Client.GetAsync(new Uri("caps/one", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.UpgradeRequired, refused.StatusCode);
    }

    [Fact]
    public async Task A_thousand_upgrades_at_once_never_exceed_the_limit_and_leave_no_slot()
    {
        const int upgrades = 1000;
        await using var app = await TestApp.StartInMemoryAsync(
            static app => app.MapWebSocketController<CrowdController>(), static builder => builder.Services.AddSingleton<CrowdCount>());
        var random = new Random(429);
        var seeds = Enumerable.Range(0, upgrades).Select(_ => random.Next()).ToList();

        var accepted = (await Task.WhenAll(seeds.Select(seed => Task.Run(() => VisitAsync(app, new(seed)))))).Count(static one => one);

        var count = app.Services.GetRequiredService<CrowdCount>();
        await AllReturnedAsync(app);
        Assert.InRange(count.Most, 2, CrowdController.Limit);
        Assert.InRange(accepted, 1, upgrades - 1);
        Assert.Equal(0, count.Inside);
    }

    /// <summary>Connects, and goes away at some moment.</summary>
    private static async Task<bool> VisitAsync(TestApp app, Random random)
    {
        var client = app.App.GetTestServer().CreateWebSocketClient();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        if (random.Next(3) == 0)
            leaving.CancelAfter(TimeSpan.FromMilliseconds(random.Next(20)));

        try
        {
            using var connection = await client.ConnectAsync(
                new Uri($"ws://localhost/caps/crowd?fate={random.Next(4)}"), leaving.Token);
            if (random.Next(2) == 0)
                await connection.CloseOutputAsync(1000);
            else
                connection.Abort();

            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
        {
            return false; // refused, or gone before the answer
        }
    }

    private static ConnectionSlots Slots(TestApp app) => app.Services.GetRequiredService<ConnectionSlots>();

    private static Task AllReturnedAsync(TestApp app) => Patience.Until(() => Slots(app).Clients == 0);

    private static Task<TestApp> StartAsync(Action<WebApplicationBuilder>? build = null) => TestApp.StartAsync(
        static app =>
        {
            app.Use(static (context, next) =>
            {
                if (context.Request.Headers["X-User"] is [{ } user])
                    context.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user)], "test"));

                return next(context);
            });
            app.MapWebSocketController<CapOfTwoController>();
            app.MapWebSocketController<CapOfOneController>();
            app.MapWebSocketController<CapOfAddressController>();
        },
        builder =>
        {
            builder.Services.AddSingleton<Journal>();
            build?.Invoke(builder);
        });
}
