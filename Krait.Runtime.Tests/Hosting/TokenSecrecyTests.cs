using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>A token among the subprotocols is seen by authentication and by nothing else.</summary>
/// <remarks>A listener of spans hears all of the process, so that these tests are not run beside those that count allocations.</remarks>
[Collection(nameof(AllocationTests))]
public sealed class TokenSecrecyTests : IDisposable
{
    private const string Name = "base64url.bearer.authorization.shop";

    private static readonly string Token = "ann-the-secret-" + Guid.NewGuid().ToString("n");
    private static readonly string Encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Token));
    private static readonly string Item = $"{Name}.{Encoded}";

    private readonly string _group = Guid.NewGuid().ToString("n"); // spans are the same for all servers of the process
    private readonly string _files = Directory.CreateTempSubdirectory("krait").FullName;

    /// <summary>Requests with a token that are refused: what they offer, and their Authorization header.</summary>
    public static TheoryData<string, string?> Refused => new()
    {
        { $"{Item}, {Item}", null },
        { $"token.v1, {Item}", "Bearer other" },
        { $"token.v1, {Item}=", null },
    };

    public void Dispose() => Directory.Delete(_files, recursive: true);

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task The_token_is_in_no_log_of_HttpLogging_of_W3CLogging_or_of_Kestrel(HttpProtocols protocols)
    {
        await using var app = await StartAsync(protocols);
        await Assert.ThrowsAnyAsync<Exception>(() => app.ConnectAsync(Path, [Item, Item + "0000"]));
        using (var client = await app.ConnectAsync(Path, ["token.v1", Item]))
            Assert.Equal($"Bearer {Token}", await client.ReceiveTextAsync());

        await Patience.Until(() => W3CLog().Contains("token.v1", StringComparison.Ordinal));
        AssertHidden(W3CLog());
        var logged = string.Join('\n', app.Logs.Entries);
        AssertHidden(logged);
        Assert.Contains("Sec-WebSocket-Protocol: token.v1", logged, StringComparison.Ordinal); // by HttpLogging
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_request_whose_token_cannot_be_read_is_refused_counted_and_logged_without_it(string offered, string? authorization)
    {
        await using var app = await StartAsync(HttpProtocols.Http1);
        using var refused = new MetricCollector<long>(
            app.Services.GetRequiredService<IMeterFactory>(), KraitMeter.Name, "krait.server.upgrades.refused");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.BaseAddress, Path));
        request.Headers.Add("Sec-WebSocket-Protocol", offered);
        if (authorization is not null)
            request.Headers.Add("Authorization", authorization);

        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        AssertHidden(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("krait.refusal", "bearer"), Assert.Single(Assert.Single(refused.GetMeasurementSnapshot()).Tags.Select(static tag => (tag.Key, $"{tag.Value}"))));
        var entry = Assert.Single(app.Logs.OfKrait(LogLevel.Information));
        Assert.Equal((11, LogLevel.Information, "Krait.Controllers"), (entry.Id.Id, entry.Level, entry.Category));
        AssertHidden(string.Join('\n', app.Logs.Entries));
    }

    [Fact]
    public async Task A_request_whose_token_cannot_be_read_is_refused_even_if_the_log_fails()
    {
        await using var app = await StartAsync(HttpProtocols.Http1, static builder => builder.Logging.AddProvider(new FailingLogs()));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.BaseAddress, Path));
        request.Headers.Add("Sec-WebSocket-Protocol", $"{Item}=");

        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_token_is_in_no_span()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is KraitMeter.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> wanted) =>
                wanted.Source.Name != KraitMeter.Name || wanted.Name.StartsWith("/" + _group, StringComparison.Ordinal)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await StartAsync(HttpProtocols.Http1);
        using (var client = await app.ConnectAsync(Path, ["token.v1", Item]))
        {
            await client.ReceiveTextAsync();
            await client.EchoAsync("hello");
        }

        await Patience.Until(() => Message() is not null && Upgrade() is not null);
        Assert.NotEmpty(Upgrade()!.TagObjects);
        AssertHidden(string.Join('\n', spans.SelectMany(static span => span.TagObjects.Select(tag => $"{span.DisplayName} {tag.Key}={tag.Value}"))));

        Activity? Message() => spans.FirstOrDefault(span => span.DisplayName == $"/{Path} string");

        Activity? Upgrade() => spans.FirstOrDefault(span => span.SpanId == Assert.Single(Message()!.Links).Context.SpanId);
    }

    private string Path => $"{_group}/token";

    private string W3CLog()
    {
        var log = "";
        foreach (var file in Directory.GetFiles(_files))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            log += reader.ReadToEnd();
        }

        return log;
    }

    private static void AssertHidden(string text)
    {
        Assert.NotEqual("", text);
        Assert.DoesNotContain(Token, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Encoded, text, StringComparison.OrdinalIgnoreCase);
    }

    private Task<TestApp> StartAsync(HttpProtocols protocols, Action<WebApplicationBuilder>? configure = null) => TestApp.StartAsync(
        app =>
        {
            app.UseHttpLogging().UseW3CLogging();
            app.MapGroup("/" + _group).MapWebSocketController<TokenController>();
        },
        builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Services.AddHttpLogging(static logging =>
            {
                logging.LoggingFields = HttpLoggingFields.All;
                logging.RequestHeaders.Add("Sec-WebSocket-Protocol");
            });
            builder.Services.AddW3CLogging(logging =>
            {
                logging.LoggingFields = W3CLoggingFields.All;
                logging.AdditionalRequestHeaders.Add("Sec-WebSocket-Protocol");
                logging.LogDirectory = _files;
                logging.FlushInterval = TimeSpan.FromMilliseconds(10);
            });
            builder.Services.Configure<KraitOptions>(static options => options.BearerProtocol = Name);
            configure?.Invoke(builder);
        },
        protocols);

    /// <summary>Logs that fail where Krait writes them.</summary>
    private sealed class FailingLogs : ILoggerProvider, ILogger
    {
        private bool _fails;

        public ILogger CreateLogger(string categoryName) => new FailingLogs { _fails = categoryName == "Krait.Controllers" };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (_fails)
                throw new IOException("The disk is full.");
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>Says what authentication would see, in a message that no log may show.</summary>
[Sensitive]
[WebSocketController("/token", Protocols = "token.v1")]
internal sealed partial class TokenController
{
    [OnOpen]
    private string Enter() => Connection.HttpContext.Request.Headers.Authorization.ToString();

    [OnMessage]
    private static string Echo(string text) => text;
}
