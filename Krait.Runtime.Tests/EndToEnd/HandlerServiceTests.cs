using System.Net;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Upgrading;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Services that handlers take: from a scope for each call, which ends with the call.</summary>
public class HandlerServiceTests
{
    [Fact]
    public async Task Each_call_gets_its_own_scope_which_ends_after_the_reply()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("ledger");

        Assert.Equal("one 1", await client.AskAsync("one"));
        Assert.Equal("two 2", await client.AskAsync("two"));

        await app.Journal().Has("disposed 2");
        Assert.Equal(["made 1", "disposed 1", "made 2", "disposed 2"], app.Journal().Entries);
    }

    [Fact]
    public async Task A_scope_ends_when_its_handler_throws_and_the_error_handler_gets_one_of_its_own()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("ledger");

        Assert.Equal("throw failed: The ledger is closed. 2", await client.AskAsync("throw"));

        await app.Journal().Has("disposed 2");
        Assert.Equal(["made 1", "disposed 1", "made 2", "disposed 2"], app.Journal().Entries);
    }

    [Fact]
    public async Task A_scope_lives_until_the_stream_of_its_handler_has_ended()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("ledger");

        await client.SendBinaryAsync([1]);
        Assert.Equal("first 1", await client.ReceiveTextAsync());
        Assert.Equal("beside 2", await client.AskAsync("beside"));
        await app.Journal().Has("disposed 2");
        Assert.DoesNotContain("disposed 1", app.Journal().Entries);

        app.Gate().Open();
        Assert.Equal("last 1", await client.ReceiveTextAsync());
        await app.Journal().Has("disposed 1");
    }

    [Fact]
    public async Task A_scope_ends_with_the_connection_that_breaks_off_its_stream()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("ledger");

        await client.SendBinaryAsync([1]);
        Assert.Equal("first 1", await client.ReceiveTextAsync());
        await client.CloseAsync();

        await app.Journal().Has("disposed 1");
        await app.AllEnded();
    }

    [Fact]
    public async Task A_scope_ends_also_when_its_stream_never_starts()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("ledger");

        await client.SendBinaryAsync([1]);
        Assert.Equal("first 1", await client.ReceiveTextAsync());
        await client.SendBinaryAsync([1]); // MaxStreams is 1
        await app.Journal().Has("made 2");
        client.Abort();

        await app.Journal().Has("disposed 1");
        await app.Journal().Has("disposed 2");
    }

    [Fact]
    public async Task A_close_handler_takes_services_too()
    {
        await using var app = await StartAsync();
        using (var client = await app.ConnectAsync("ledger"))
            await client.CloseAsync();

        await app.AllEnded();

        Assert.Equal(CloseCause.ClientClosed, Assert.Single(app.Journal().Closes).Cause);
        Assert.Equal(["made 1", "closed 1", "disposed 1"], app.Journal().Entries);
    }

    [Fact]
    public async Task A_service_may_have_a_key_and_a_nullable_one_may_be_missing()
    {
        await using var app = await Served.StartAsync<KeyedController>(builder => builder.Services.AddKeyedSingleton<Func<string>>("greeting", () => "hello"));
        using var client = await app.ConnectAsync("keyed");

        Assert.Equal("hello world", await client.AskAsync("world"));
    }

    [Fact]
    public async Task A_missing_service_refuses_the_first_upgrade()
    {
        await using var app = await Served.StartAsync<IncompleteController>();

        await AssertRefused(app, "incomplete", "A handler takes the service Krait.Runtime.Tests.EndToEnd.Unregistered, which is not registered.");
    }

    [Fact]
    public async Task A_missing_service_with_a_key_refuses_the_first_upgrade()
    {
        await using var app = await Served.StartAsync<IncompleteKeyedController>(builder => builder.Services.AddSingleton<Unregistered>());

        await AssertRefused(app, "incomplete/keyed", "A handler takes the service Krait.Runtime.Tests.EndToEnd.Unregistered with the key 'left', which is not registered.");
    }

    private static Task<TestApp> StartAsync() => Served.StartAsync<LedgerController>(builder => builder.Services.AddScoped<Ledger>().AddSingleton<Ledgers>());

    private static async Task AssertRefused(TestApp app, string path, string sentence)
    {
        using var response = await app.Client.AskAsync(Upgrades.Request(path));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains(sentence, Assert.Single(app.Logs.OfKrait()).Message, StringComparison.Ordinal);
    }
}
