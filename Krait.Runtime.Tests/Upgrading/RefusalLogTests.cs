using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>A developer who sees a dead socket finds the reason in the log at its default level.</summary>
public sealed class RefusalLogTests
{
    [Theory]
    [InlineData("plain", "PlainController: Krait refused a request with 400. The Sec-WebSocket-Key header must", "Sec-WebSocket-Key", null)]
    [InlineData("plain", "PlainController: Krait refused a request with 426. This URL is a WebSocket", "Upgrade", null)]
    [InlineData("plain", "PlainController: Krait refused a request with 403. The origin 'https://a.example' is not", "Origin", "https://a.example")]
    [InlineData("decisions/missing", "DecisionController: [OnUpgrade] denied a request with 404. No?room.", null, null)]
    [InlineData("decisions/wordless", "DecisionController: [OnUpgrade] denied a request with 599. It gave no reason.", null, null)]
    [InlineData("decisions/teapot", "DecisionController: [OnUpgrade] denied a request with 418. The response is its own.", null, null)]
    public async Task A_refusal_is_one_line_of_information(string path, string message, string? header, string? value)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(header is null ? Upgrades.Request(path) : Upgrades.Request(path, (header, value)));

        var entry = Assert.Single(await EntriesAsync(app));
        Assert.Equal(LogLevel.Information, entry.Level);
        Assert.StartsWith(message, entry.Message);
    }

    [Fact]
    public async Task A_refused_origin_names_the_option_that_would_allow_it()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request("plain", ("Origin", "http://localhost:5173")));

        Assert.Contains("add it to AllowedOrigins", Assert.Single(await EntriesAsync(app)).Message);
    }

    [Theory]
    [InlineData("plain", LogLevel.Warning)] // the limit on upgraded connections
    [InlineData("decisions/throw", LogLevel.Error)]
    [InlineData("decisions/null", LogLevel.Error)]
    public async Task A_failure_has_one_entry_at_its_own_level(string path, LogLevel level)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.AskAsync(Upgrades.Request(path));

        Assert.Equal(level, Assert.Single(await EntriesAsync(app)).Level);
    }

    /// <summary>Waits for the end of the server: an answer may reach the client before the log.</summary>
    private static async Task<IReadOnlyList<LogEntry>> EntriesAsync(TestApp app)
    {
        await app.StopAsync();
        return app.Logs.OfKrait(LogLevel.Information);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        static app =>
        {
            app.MapWebSocketController<PlainController>();
            app.MapWebSocketController<DecisionController>();
        },
        static builder => builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 0));
}
