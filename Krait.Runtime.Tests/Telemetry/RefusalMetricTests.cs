using System.Diagnostics.Metrics;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Upgrading;
using Krait.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>Each reason for which Krait refuses a request is counted once, with its own value. `bearer` is in TokenSecrecyTests.</summary>
public sealed class RefusalMetricTests : IAsyncLifetime
{
    private const string Path = "choosy/1";

    private TestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(
        static app => app.MapWebSocketController<ChoosyController>(),
        static builder => builder.Services.Configure<KraitOptions>(static options => options.DrainPeriod = TimeSpan.FromMinutes(1)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("not_web_socket", Path, "Upgrade", null)]
    [InlineData("invalid_handshake", Path, "Sec-WebSocket-Key", "too short")]
    [InlineData("origin", Path, "Origin", "https://elsewhere.example")]
    [InlineData("protocol", Path, "Sec-WebSocket-Protocol", "made.up")]
    [InlineData("invalid_value", "choosy/one", "Sec-WebSocket-Protocol", "one")]
    [InlineData("denied", "choosy/1?do=deny", "Sec-WebSocket-Protocol", "one")]
    [InlineData("server_error", "choosy/1?do=fail", "Sec-WebSocket-Protocol", "one")]
    public Task What_a_client_asks_for(string reason, string path, string header, string? value) =>
        IsCountedAsync(reason, path, (header, value));

    [Fact]
    public async Task A_connection_beyond_the_limit()
    {
        using var first = await _app.ConnectAsync(Path, ["one"]);

        await IsCountedAsync("connection_limit", Path, ("Sec-WebSocket-Protocol", "one"));
    }

    [Fact]
    public async Task A_request_while_the_server_drains()
    {
        _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await IsCountedAsync("draining", Path, ("Sec-WebSocket-Protocol", "one"));
    }

    private async Task IsCountedAsync(string reason, string path, (string Name, string? Value) change)
    {
        using var refused = new MetricCollector<long>(
            _app.Services.GetRequiredService<IMeterFactory>(), KraitMeter.Name, "krait.server.upgrades.refused");

        using var response = await _app.Client.AskAsync(Upgrades.Request(path, change));

        await Patience.Until(() => refused.LastMeasurement is not null);
        var tags = Assert.Single(refused.GetMeasurementSnapshot()).Tags.Select(static tag => (tag.Key, $"{tag.Value}")).Order();
        Assert.Equal([("http.route", "/choosy/{number}"), ("krait.refusal", reason)], tags);
    }
}
