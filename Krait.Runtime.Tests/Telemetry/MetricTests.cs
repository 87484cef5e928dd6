using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Krait.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>The values of each instrument, and their tags.</summary>
public sealed class MetricTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(static app =>
    {
        app.MapWebSocketController<MeasuredController>();
        app.MapGroup("/group").MapWebSocketController<MeasuredQueueController>();
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_open_connection_is_counted_until_it_ends()
    {
        using var active = Collect<long>("krait.server.active_connections");
        using var durations = Collect<double>("krait.server.connection.duration");
        using (var client = await _app.ConnectAsync("measured/a", ["two"]))
        {
            await Patience.Until(() => Sum(active) == 1);
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        }

        await Patience.Until(() => durations.LastMeasurement is not null);
        Assert.Equal(0, Sum(active));
        Assert.Equal(
            [("http.route", "/measured/{room}"), ("krait.close.cause", "client_closed"), ("krait.close.status", "1000"), ("krait.protocol", "two")],
            Tags(durations.LastMeasurement!));
        Assert.InRange(durations.LastMeasurement!.Value, 0, 60);
    }

    [Theory]
    [InlineData(1000, "1000")]
    [InlineData(1001, "1001")]
    [InlineData(3999, "other")]
    [InlineData(4123, "other")]
    public async Task Statuses_that_a_client_makes_up_share_one_value(int status, string tag)
    {
        using var durations = Collect<double>("krait.server.connection.duration");
        using var client = await _app.ConnectAsync("measured/a");
        await client.CloseAsync((WebSocketCloseStatus)status, null, Token);

        await Patience.Until(() => durations.LastMeasurement is not null);
        Assert.Contains(("krait.close.status", tag), Tags(durations.LastMeasurement!));
    }

    [Fact]
    public async Task A_subprotocol_that_the_controller_does_not_declare_shares_one_value()
    {
        using var active = Collect<long>("krait.server.active_connections");
        using var client = await _app.ConnectAsync("measured/a", ["three"]);

        await Patience.Until(() => active.LastMeasurement is not null);
        Assert.Contains(("krait.protocol", "other"), Tags(active.LastMeasurement!));
    }

    [Fact]
    public async Task Messages_are_counted_in_both_directions_by_type_and_size()
    {
        using var messages = Collect<long>("krait.server.messages");
        using var sizes = Collect<long>("krait.server.message.size");
        using var durations = Collect<double>("krait.server.message.duration");
        const string ask = """{"$type":"ask","Text":"hello"}""";
        using var client = await _app.ConnectAsync("measured/a");
        await client.SendTextAsync(ask);
        var answer = await client.ReceiveTextAsync();

        await Patience.Until(() => durations.LastMeasurement is not null && messages.GetMeasurementSnapshot().Count == 2);
        Assert.Equal(
            [("Answer", "transmit"), ("Ask", "receive")],
            messages.GetMeasurementSnapshot().Select(static one => ($"{one.Tags["krait.message.type"]}", $"{one.Tags["network.io.direction"]}")).Order());
        Assert.Equal([ask.Length, answer.Length], sizes.GetMeasurementSnapshot().OrderBy(static one => $"{one.Tags["network.io.direction"]}").Select(static one => one.Value));
        Assert.Equal([("http.route", "/measured/{room}"), ("krait.message.type", "Ask")], Tags(durations.LastMeasurement!));
    }

    [Theory]
    [InlineData("""{"$type":"made up"}""", "unknown_type")]
    [InlineData("{", "malformed")]
    public async Task Messages_that_cannot_be_read_share_one_type(string message, string error)
    {
        using var messages = Collect<long>("krait.server.messages");
        using var durations = Collect<double>("krait.server.message.duration");
        using var client = await _app.ConnectAsync("measured/a");
        await client.SendTextAsync(message);
        await client.ReceiveTextAsync();

        var received = messages.GetMeasurementSnapshot().Single(static one => (string?)one.Tags["network.io.direction"] == "receive");
        Assert.Equal("other", received.Tags["krait.message.type"]);
        Assert.Equal(
            [("error.type", error), ("http.route", "/measured/{room}"), ("krait.message.type", "other")], Tags(durations.LastMeasurement!));
    }

    [Fact]
    public async Task Messages_of_a_queue_are_counted_and_the_route_contains_that_of_the_group()
    {
        using var messages = Collect<long>("krait.server.messages");
        using var client = await _app.ConnectAsync("group/measured-queue");
        await client.SendTextAsync("hello");
        await client.ReceiveTextAsync();

        await Patience.Until(() => messages.GetMeasurementSnapshot().Count == 2);
        Assert.All(messages.GetMeasurementSnapshot(), static one =>
            Assert.Equal(("/group/measured-queue", "string"), (one.Tags["http.route"], one.Tags["krait.message.type"])));
    }

    [Fact]
    public async Task Messages_of_rooms_are_counted_for_each_member()
    {
        using var messages = Collect<long>("krait.server.messages");
        using var fanOuts = Collect<double>("krait.room.fan_out.duration");
        using var rooms = Collect<long>("krait.rooms.active");
        using var first = await _app.ConnectAsync("measured/a");
        using var second = await _app.ConnectAsync("measured/b");
        var room = _app.Services.GetRequiredService<IRooms<Answer>>()["measured"];
        await Patience.Until(() => room.LocalCount == 2); // a client is connected before its controller joins
        await first.SendTextAsync("""{"$type":"break"}""");
        await first.ReceiveTextAsync();
        await second.ReceiveTextAsync();

        await Patience.Until(() => Sent() == 2 && fanOuts.LastMeasurement is not null);
        Assert.Equal(1, Sum(rooms));
        Assert.Equal([("krait.message.type", "Answer")], Tags(rooms.LastMeasurement!));

        long Sent() => messages.GetMeasurementSnapshot().Where(static one => (string?)one.Tags["network.io.direction"] == "transmit").Sum(static one => one.Value);
    }

    [Theory]
    [InlineData("measured/a?token=bad", true, "denied")]
    [InlineData("measured/a", false, "not_web_socket")]
    public async Task A_refused_request_is_counted_with_its_reason(string path, bool upgrades, string reason)
    {
        using var refused = Collect<long>("krait.server.upgrades.refused");
        if (upgrades)
            await Assert.ThrowsAnyAsync<Exception>(() => _app.ConnectAsync(path));
        else
            await _app.Client.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal([("http.route", "/measured/{room}"), ("krait.refusal", reason)], Tags(Assert.Single(refused.GetMeasurementSnapshot())));
    }

    [Fact]
    public void Every_cause_and_reason_has_a_value_in_snake_case()
    {
        Assert.Equal("host_stopping", TagNames.Snake(CloseCause.HostStopping));
        Assert.All(Enum.GetValues<CloseCause>().Select(TagNames.Snake), static name => Assert.Matches("^[a-z]+(_[a-z]+)*$", name));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static long Sum(MetricCollector<long> collector) => collector.GetMeasurementSnapshot().Sum(static one => one.Value);

    private static IEnumerable<(string, string)> Tags<T>(CollectedMeasurement<T> measurement)
        where T : struct =>
        measurement.Tags.Select(static tag => (tag.Key, $"{tag.Value}")).Order();

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct =>
        new(_app.Services.GetRequiredService<IMeterFactory>(), KraitMeter.Name, instrument);
}
