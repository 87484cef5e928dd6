using System.Net;
using Krait.Connections;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>When controllers and the services of their connection come and go.</summary>
public class LifetimeTests
{
    public static TheoryData<Carrier> Carriers => [Carrier.Http1, Carrier.Http2, Carrier.Http1WithoutStream, Carrier.InMemory];

    [Theory]
    [InlineData(Carrier.Http1)]
    [InlineData(Carrier.Http2)]
    public async Task A_constructor_that_fails_is_a_500_before_the_upgrade_without_the_exceptions_text(Carrier carrier)
    {
        await using var app = await Served.StartAsync<FailingConstructorController>(carrier);
        using var response = await app.Client.AskAsync(carrier == Carrier.Http2 ? Upgrades.ExtendedConnect("fail/constructor") : Upgrades.Request("fail/constructor"));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain(ObedientController.Secret, await response.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal(0, app.Services.GetRequiredService<ConnectionRegistry>().Count);
        Assert.Equal(ObedientController.Secret, Assert.Single(app.Logs.OfKrait(LogLevel.Error)).Error?.Message);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task After_OnClose_the_controller_is_disposed_and_then_the_scope_with_its_services(Carrier carrier)
    {
        await using var app = await Served.StartAsync<ScopedController>(carrier, builder => builder.Services.AddScoped<ScopedThing>());
        using var client = await app.ConnectAsync("scoped");
        Assert.Equal("same", await client.ReceiveTextAsync());
        Assert.Equal(["scope begins"], app.Journal().Entries);
        await client.CloseAsync();
        await app.Journal().Has("scope ends");
        Assert.Equal(["scope begins", "closed", "controller disposed", "scope ends"], app.Journal().Entries);
    }

    [Fact]
    public async Task Every_connection_has_a_scope_of_its_own()
    {
        await using var app = await Served.StartAsync<ScopedController>(builder => builder.Services.AddScoped<ScopedThing>());
        using var first = await app.ConnectAsync("scoped");
        using var second = await app.ConnectAsync("scoped");
        await first.ReceiveTextAsync();
        await second.ReceiveTextAsync();
        Assert.Equal(["scope begins", "scope begins"], app.Journal().Entries);
    }

    [Fact]
    public async Task A_controller_that_is_only_IDisposable_is_disposed_too()
    {
        await using var app = await Served.StartAsync<DisposableController>();
        using var client = await app.ConnectAsync("disposable");
        await client.CloseAsync();
        await app.Journal().Has("disposed");
    }

    [Fact]
    public async Task The_scope_lives_on_while_OnClose_of_a_stopping_host_uses_it()
    {
        await using var app = await Served.StartAsync<ScopedController>(builder => builder.Services.AddScoped<ScopedThing>());
        using var client = await app.ConnectAsync("scoped");
        Assert.Equal("same", await client.ReceiveTextAsync());
        var stopping = app.StopAsync();
        Assert.Equal(1001, (await client.ReceiveCloseAsync()).Status);
        await stopping.InTime();
        Assert.Equal(["scope begins", "closed", "controller disposed", "scope ends"], app.Journal().Entries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Controllers_are_served_with_and_without_the_middleware_for_web_sockets(bool useWebSockets)
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                if (useWebSockets)
                    app.UseWebSockets();

                app.MapWebSocketController<ObedientController>();
                app.MapWebSocketController<StrictOrdersController>();
            },
            builder => builder.Services.AddSingleton<Journal>().AddSingleton<Gate>().AddSingleton<Births>());
        using var one = await app.ConnectAsync("obey");
        Assert.Equal("hello", await one.AskAsync("hello"));
        using var other = await app.ConnectAsync("orders/strict");
        Assert.Equal("""{"number":1}""", await other.AskAsync("""{"number":1}"""));
    }
}

/// <summary>Cannot be constructed.</summary>
[WebSocketController("/fail/constructor")]
internal sealed partial class FailingConstructorController
{
    public FailingConstructorController() => throw new InvalidOperationException(ObedientController.Secret);

    [OnMessage]
    private static string Echo(string message) => message;
}

/// <summary>Lives as long as its scope.</summary>
internal sealed class ScopedThing : IAsyncDisposable
{
    private readonly Journal _journal;
    private bool _disposed;

    public ScopedThing(Journal journal)
    {
        _journal = journal;
        journal.Note("scope begins");
    }

    public void Use(string what)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _journal.Note(what);
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        _journal.Note("scope ends");
        return default;
    }
}

/// <summary>Uses a scoped service to its end.</summary>
[WebSocketController("/scoped")]
internal sealed partial class ScopedController(ScopedThing thing) : IAsyncDisposable
{
    [OnOpen]
    private string Open(ScopedThing other) => thing == other ? "same" : "another";

    [OnClose]
    private async Task Closed(CloseInfo why)
    {
        await Task.Yield();
        thing.Use("closed");
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        thing.Use("controller disposed");
    }
}

/// <summary>Is disposed the old way.</summary>
[WebSocketController("/disposable")]
internal sealed partial class DisposableController(Journal journal) : IDisposable
{
    [OnMessage]
    private static string Echo(string message) => message;

    public void Dispose() => journal.Note("disposed");
}
