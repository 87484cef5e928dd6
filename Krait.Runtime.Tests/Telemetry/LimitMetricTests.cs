using System.Diagnostics.Metrics;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Krait.Telemetry;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>Messages over a limit are counted, once each.</summary>
public sealed class LimitMetricTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Every_message_that_a_limit_refuses_is_counted()
    {
        await using var app = await StartAsync();
        using var limited = Collect(app);
        await using var client = await app.ConnectRawAsync("/rates/refuse");
        await client.SendAsync([.. "12345".Select(static one => ClientFrame.Text($"{one}")), ClientFrame.Ping(7)]);
        await PongAsync(client);

        Assert.Equal(3, limited.GetMeasurementSnapshot().Count);
        AssertTags(limited, ("http.route", "/rates/refuse"), ("krait.when_over", "refuse"));
    }

    [Fact]
    public async Task A_message_that_waits_is_counted_once_and_those_behind_it_when_they_wait_for_the_limit()
    {
        await using var app = await StartAsync();
        using var limited = Collect(app);
        await using var client = await app.ConnectRawAsync("/rates/wait");
        await client.SendAsync([.. "1234".Select(static one => ClientFrame.Text($"{one}")), ClientFrame.Ping(7)]);
        await PongAsync(client);
        Assert.Single(limited.GetMeasurementSnapshot()); // 4 is behind 3

        var fourth = ReadUntilAsync(client, "4");
        await _clock.MoveUntil(TimeSpan.FromMilliseconds(100), fourth);

        Assert.Equal(2, limited.GetMeasurementSnapshot().Count);
        AssertTags(limited, ("http.route", "/rates/wait"), ("krait.when_over", "wait"));
    }

    [Fact]
    public async Task A_message_that_closes_is_counted_once()
    {
        await using var app = await StartAsync();
        using var limited = Collect(app);
        await using var client = await app.ConnectRawAsync("/rates/close");
        await client.SendAsync([.. "12345".Select(static one => ClientFrame.Text($"{one}"))]);
        await ReadUntilAsync(client, "2");
        Assert.Equal(1008, (await client.ReadCloseAsync()).CloseStatus);

        Assert.Single(limited.GetMeasurementSnapshot());
        AssertTags(limited, ("http.route", "/rates/close"), ("krait.when_over", "close"));
    }

    [Fact]
    public async Task A_limit_of_a_type_is_counted_with_the_type_that_has_it()
    {
        await using var app = await StartAsync();
        using var limited = Collect(app);
        await using var client = await app.ConnectRawAsync("/rates/types");
        await client.SendAsync(ClientFrame.Text("""{"$type":"search"}"""), ClientFrame.Text("""{"$type":"report"}"""));
        await ReadUntilAsync(client, "over 1000");

        Assert.Single(limited.GetMeasurementSnapshot());
        AssertTags(limited, ("http.route", "/rates/types"), ("krait.message.type", "Search"), ("krait.when_over", "refuse"));
    }

    private static async Task ReadUntilAsync(RawClient client, string text)
    {
        while (await client.ReadTextAsync() != text)
        {
        }
    }

    private static async Task PongAsync(RawClient client)
    {
        ServerFrame? frame;
        do
        {
            frame = await client.ReadAsync();
            Assert.NotNull(frame);
        }
        while (frame.Opcode != FrameOpcode.Pong);
    }

    private static void AssertTags(MetricCollector<long> limited, params (string, string)[] tags) => Assert.All(
        limited.GetMeasurementSnapshot(), one => Assert.Equal(tags, one.Tags.Select(static tag => (tag.Key, $"{tag.Value}")).Order()));

    private static MetricCollector<long> Collect(TestApp app) =>
        new(app.Services.GetRequiredService<IMeterFactory>(), KraitMeter.Name, "krait.server.messages.limited");

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        static app =>
        {
            app.MapWebSocketController<WaitingController>();
            app.MapWebSocketController<RefusingController>();
            app.MapWebSocketController<ClosingRateController>();
            app.MapWebSocketController<TypedRateController>();
        },
        builder =>
        {
            builder.Services.AddSingleton<Journal>();
            Served.With(_clock, static options => options.KeepAliveInterval = Timeout.InfiniteTimeSpan)(builder);
        });
}
