using System.Collections.Concurrent;
using System.Diagnostics;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Krait.Telemetry;
using Microsoft.AspNetCore.Builder;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>The spans of messages.</summary>
/// <remarks>A listener hears all of the process, so that these tests are not run beside those that count allocations.</remarks>
[Collection(nameof(AllocationTests))]
public sealed class SpanTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private readonly string _room = Guid.NewGuid().ToString("n"); // spans are the same for all servers of the process
    private TestApp _app = null!;

    public SpanTests()
    {
        _listener = new()
        {
            ShouldListenTo = static source => source.Name is KraitMeter.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> wanted) =>
                wanted.Source.Name != KraitMeter.Name || wanted.Kind == ActivityKind.Producer || wanted.Name.StartsWith("/" + _room, StringComparison.Ordinal)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(
        app => app.MapGroup("/" + _room).MapWebSocketController<MeasuredController>());

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _listener.Dispose();
    }

    private string Route => $"/{_room}/measured/{{room}}";

    [Fact]
    public async Task A_message_has_a_span_of_its_own_that_is_linked_to_that_of_the_upgrade()
    {
        using (var client = await _app.ConnectAsync($"{_room}/measured/a"))
        {
            await client.SendTextAsync("""{"$type":"ask","Text":"hello"}""");
            Assert.Contains($"{Route} Ask", await client.ReceiveTextAsync(), StringComparison.Ordinal); // the handler runs in it
        }

        await Patience.Until(() => Upgrade() is not null);
        Assert.Equal((ActivityKind.Server, (string?)null), (Message()!.Kind, Message()!.ParentId));
        Assert.Equal("Ask", Message()!.GetTagItem("krait.message.type"));
        Assert.Equal(true, Upgrade()!.GetTagItem("http.long_running"));
        Assert.NotEqual(Upgrade()!.TraceId, Message()!.TraceId); // a trace that lasts for hours is of no use

        Activity? Message() => _spans.SingleOrDefault(span => span.DisplayName == $"{Route} Ask");

        Activity? Upgrade() => Message() is { } span
            ? _spans.FirstOrDefault(other => other.SpanId == Assert.Single(span.Links).Context.SpanId)
            : null;
    }

    [Fact]
    public async Task A_message_continues_the_trace_of_its_client_and_is_still_linked_to_the_upgrade()
    {
        const string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using (var client = await _app.ConnectAsync($"{_room}/measured/a"))
        {
            await client.SendTextAsync($$"""{"$type":"ask","Text":"hello","Trace":"{{parent}}"}""");
            await client.ReceiveTextAsync();
        }

        await Patience.Until(() => Message() is not null);
        Assert.Equal((parent, true), (Message()!.ParentId, Message()!.HasRemoteParent));
        var upgrade = Assert.Single(Message()!.Links).Context.SpanId;
        await Patience.Until(() => _spans.Any(span => span.SpanId == upgrade));

        Activity? Message() => _spans.SingleOrDefault(span => span.DisplayName == $"{Route} Ask");
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-\\u0000\\u2028")]
    public async Task A_message_whose_parent_is_not_valid_begins_a_trace_of_its_own(string parent)
    {
        using var client = await _app.ConnectAsync($"{_room}/measured/a");
        await client.SendTextAsync($$"""{"$type":"ask","Text":"hello","Trace":"{{parent}}"}""");

        Assert.Contains($"{Route} Ask", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        await Patience.Until(() => _spans.Any(span => span.DisplayName == $"{Route} Ask"));
        Assert.Null(Assert.Single(_spans, span => span.DisplayName == $"{Route} Ask").ParentId);
    }

    [Fact]
    public async Task A_getter_that_throws_breaks_no_message()
    {
        using var client = await _app.ConnectAsync($"{_room}/measured/a");
        await client.SendTextAsync("""{"$type":"fragile"}""");

        Assert.Contains($"{Route} Fragile", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_a_handler_sends_to_a_room_has_a_span_within_that_of_the_received_one()
    {
        using var client = await _app.ConnectAsync($"{_room}/measured/a");
        await client.SendTextAsync("""{"$type":"break"}""");
        await client.ReceiveTextAsync();

        await Patience.Until(() => _spans.Any(span => span.DisplayName == $"{Route} Break"));
        var message = _spans.Single(span => span.DisplayName == $"{Route} Break");
        var send = Assert.Single(_spans, span => span.ParentSpanId == message.SpanId);
        Assert.Equal(("send Answer", ActivityKind.Producer), (send.DisplayName, send.Kind));
    }

    [Fact]
    public async Task A_handler_that_fails_marks_its_span()
    {
        await using var app = await TestApp.StartAsync(app => app.MapGroup("/" + _room).MapWebSocketController<FailingSpanController>());
        using var client = await app.ConnectAsync($"{_room}/failing-span");
        await client.SendTextAsync("hello");

        await Patience.Until(() => Failed() is not null);
        Assert.Equal(ActivityStatusCode.Error, Failed()!.Status);
        Assert.Equal(typeof(InvalidTimeZoneException).FullName, Failed()!.GetTagItem("error.type"));

        Activity? Failed() => _spans.FirstOrDefault(span => span.DisplayName == $"/{_room}/failing-span string");
    }

    [Fact]
    public async Task Streams_and_Run_have_no_span()
    {
        await using var app = await TestApp.StartAsync(app => app.MapGroup("/" + _room).MapWebSocketController<StreamingSpanController>());
        using var client = await app.ConnectAsync($"{_room}/streaming-span");
        Assert.Equal("run none", await client.ReceiveTextAsync());
        await client.SendTextAsync("hello");

        Assert.Equal("stream none", await client.ReceiveTextAsync());
    }
}

[WebSocketController("/failing-span")]
internal sealed partial class FailingSpanController
{
    [OnMessage]
    private static string On(string text) => throw new InvalidTimeZoneException(text);
}

[WebSocketController("/streaming-span")]
internal sealed partial class StreamingSpanController
{
    [Run]
    private async Task RunAsync() => await SendAsync("run " + (Activity.Current?.DisplayName ?? "none"));

    [OnMessage]
    private static async IAsyncEnumerable<string> On(string _)
    {
        await Task.Yield();
        yield return "stream " + (Activity.Current?.DisplayName ?? "none");
    }
}
