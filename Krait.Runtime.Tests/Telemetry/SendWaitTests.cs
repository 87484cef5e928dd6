using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text;
using Krait.CompilerServices;
using Krait.Messaging;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Messaging;
using Krait.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>How long sends wait for room in the buffer of a connection.</summary>
public sealed class SendWaitTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ScriptedTransport _transport = new() { Taking = false };
    private readonly IMeterFactory _meters;
    private readonly SendBuffer<string> _buffer;

    public SendWaitTests()
    {
        _meters = _services.GetRequiredService<IMeterFactory>();
        var endpoint = new EndpointTelemetry(new(_meters), "/chat", []);
        var telemetry = new MessageTelemetry<string>(endpoint, "transmit", [new("Quick"), new("Said")], static _ => 1);
        _buffer = new(_transport, MessageCodecs.Text, capacity: 4, telemetry: telemetry);
        _transport.OutputObserver = _buffer;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task A_send_that_waits_is_measured_with_its_type()
    {
        using var waits = Collect();
        var before = Stopwatch.GetTimestamp();
        _buffer.TrySend("full");
        var sending = _buffer.SendAsync("waits", Cancel).AsTask();
        var inLine = Stopwatch.GetTimestamp();
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(inLine) > TimeSpan.FromMilliseconds(5));
        Assert.Empty(waits.GetMeasurementSnapshot());
        _transport.Take();
        await sending;

        var wait = Assert.Single(waits.GetMeasurementSnapshot());
        Assert.InRange(wait.Value, 0.005, Stopwatch.GetElapsedTime(before).TotalSeconds);
        Assert.Equal([("http.route", "/chat"), ("krait.message.type", "Said")], wait.Tags.Select(static tag => (tag.Key, $"{tag.Value}")).Order());
    }

    [Fact]
    public async Task Sends_that_find_room_are_not_measured()
    {
        using var waits = Collect();
        _transport.Taking = true;
        _buffer.TrySend("room");
        await _buffer.SendAsync("room", Cancel);
        await _buffer.SendAsync(Foreign("room"), null, Cancel);

        Assert.Empty(waits.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task An_encoded_message_that_waits_is_measured_and_has_the_type_other_if_only_its_bytes_are_known()
    {
        using var waits = Collect();
        _buffer.TrySend("full");
        var sending = _buffer.SendAsync(Foreign("waits"), null, Cancel).AsTask();
        _transport.Take();
        await sending;

        Assert.Equal("other", Assert.Single(waits.GetMeasurementSnapshot()).Tags["krait.message.type"]);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_or_ends_with_the_connection_is_measured_and_still_throws()
    {
        using var waits = Collect();
        using var cancellation = new CancellationTokenSource();
        _buffer.TrySend("full");
        var cancelled = _buffer.SendAsync("cancelled", cancellation.Token).AsTask();
        var closed = _buffer.SendAsync("closed", Cancel).AsTask();

        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _buffer.Close(() => new("c1", new(WebSocketCloseStatus.NormalClosure, null, CloseCause.ServerClosed)));
        await Assert.ThrowsAsync<ConnectionClosedException>(() => closed);

        Assert.Equal((cancellation.Token, true), (error.CancellationToken, cancelled.IsCanceled));
        Assert.Equal(2, waits.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public async Task A_slow_client_of_a_server_lets_sends_be_measured()
    {
        await using var app = await Served.StartAsync<FillController>();
        using var waits = new MetricCollector<double>(app.Services.GetRequiredService<IMeterFactory>(), KraitMeter.Name, "krait.server.send.waiting");
        await using var client = await app.ConnectRawAsync("/fill", 8 * 1024);
        await client.SendTextAsync("fill");
        await app.Journal().Has("no room");
        while (!(await client.ReadTextAsync()).StartsWith("sent", StringComparison.Ordinal))
        {
        }

        Assert.Equal("/fill", waits.GetMeasurementSnapshot()[0].Tags["http.route"]);
    }

    private static Encoded<string> Foreign(string text) => Encoded<string>.FromBytes(null, WebSocketMessageType.Text, Encoding.UTF8.GetBytes(text));

    private MetricCollector<double> Collect() => new(_meters, KraitMeter.Name, "krait.server.send.waiting");
}
