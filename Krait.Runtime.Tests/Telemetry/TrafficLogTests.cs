using System.Net.WebSockets;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>The parts of messages that the category Krait.Traffic logs, and those that it must not log.</summary>
public sealed class TrafficLogTests
{
    private const string Category = "Krait.Traffic";

    [Theory]
    [InlineData("""{"$type":"chat","text":"hello"}""", "Chat", """{"$type":"chat","text":"hello","inside":null}""")]
    [InlineData("""{"$type":"login","name":"ann","password":"s3cret"}""", "Login", """{"$type":"login","name":"ann","password":"***"}""")]
    [InlineData("""{"$type":"chat","text":"a","inside":{"pin":[1,2,3],"note":"b"}}""", "Chat", """{"$type":"chat","text":"a","inside":{"pin":"***","note":"b"}}""")]
    [InlineData("""{"$type":"ticket","value":"s3cret"}""", "Ticket", "hidden")]
    [InlineData("""{"$type":"key","value":"s3cret"}""", "PrivateKey", "hidden")]
    [InlineData("""{"$type":"interface","code":"s3cret"}""", "FromInterface", "hidden")]
    public async Task A_message_and_its_reply_are_shown_without_what_is_sensitive(string json, string type, string reply)
    {
        var lines = await LogAsync<TrafficJsonController>("/traffic/json", json);

        Assert.StartsWith($"received {type}, {json.Length} bytes: ", lines[0], StringComparison.Ordinal);
        Assert.Equal($"{type}", lines[1].Split(' ')[1].TrimEnd(','));
        Assert.EndsWith($" bytes: {reply}", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", string.Concat(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("[1,2,3]", string.Concat(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"$type":"login","password":"s3cret""")]
    [InlineData("""{"$type":"other","password":"s3cret"}""")]
    [InlineData("""{"$type":"login","password":["s3cret"]}""")]
    public async Task Of_a_message_that_cannot_be_read_only_the_size_is_shown(string json)
    {
        var lines = await LogAsync<TrafficJsonController>("/traffic/json", json);

        Assert.Equal($"received other, {json.Length} bytes: hidden", lines[0]);
        Assert.DoesNotContain("s3cret", string.Concat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_serializer_does_not_say_what_a_member_contains_everything_is_hidden() => Assert.Equal(
        ["received Anything, 18 bytes: hidden", "sent Converted, 16 bytes: hidden"],
        await LogAsync<TrafficAnythingController>("/traffic/anything", """{"value":"s3cret"}"""));

    [Fact]
    public async Task With_a_codec_of_the_application_types_with_sensitive_members_are_hidden() => Assert.Equal(
        ["received Pin, 4 bytes: hidden", "sent Pin, 4 bytes: hidden"], await LogAsync<TrafficCodecController>("/traffic/codec", "1234"));

    [Fact]
    public async Task With_a_codec_of_the_application_members_whose_derived_types_have_sensitive_members_hide_the_message() => Assert.Equal(
        ["received Parcel, 6 bytes: hidden", "sent Parcel, 6 bytes: hidden"], await LogAsync<TrafficParcelController>("/traffic/parcel", "s3cret"));

    [Fact]
    public async Task A_marked_controller_shows_no_payload() => Assert.Equal(
        ["received string, 6 bytes: hidden", "sent string, 6 bytes: hidden"], await LogAsync<TrafficHiddenController>("/traffic/hidden", "s3cret"));

    [Fact]
    public async Task A_queue_is_logged_as_well() => Assert.Equal(
        ["received string, 5 bytes: hello", "sent string, 5 bytes: hello"], await LogAsync<TrafficQueueController>("/traffic/queue", "hello"));

    [Fact]
    public async Task A_message_of_a_room_is_logged_for_its_member() => Assert.Equal(
        ["received string, 5 bytes: hello", "sent string, 5 bytes: hello"], await LogAsync<TrafficRoomController>("/traffic/room", "hello"));

    [Fact]
    public async Task Binary_data_is_shown_as_hexadecimal_digits()
    {
        await using var app = await StartAsync<TrafficRawController>(LogLevel.Trace);
        using var client = await app.ConnectAsync("/traffic/raw");
        await client.SendAsync(Enumerable.Range(0, 60).Select(static i => (byte)i).ToArray(), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

        Assert.StartsWith("received RawMessage, 60 bytes: 000102030405060708090A", (await LinesAsync(app, 2))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogLevel.Debug)]
    [InlineData(LogLevel.Information)]
    public async Task Nothing_is_logged_above_Trace(LogLevel minimum)
    {
        await using var app = await StartAsync<TrafficRawController>(minimum);
        using (var client = await app.ConnectAsync("/traffic/raw"))
            await client.EchoAsync("hello");

        await app.AllEnded();
        Assert.DoesNotContain(app.Logs.Entries, static entry => entry.Category == Category);
    }

    private static async Task<string[]> LogAsync<TController>(string path, string message)
        where TController : class, IWebSocketController<TController>
    {
        await using var app = await StartAsync<TController>(LogLevel.Trace);
        using var client = await app.ConnectAsync(path);
        await client.EchoAsync(message);
        return await LinesAsync(app, 2);
    }

    private static Task<TestApp> StartAsync<TController>(LogLevel minimum)
        where TController : class, IWebSocketController<TController> =>
        Served.StartAsync<TController>(builder => builder.Logging.SetMinimumLevel(minimum));

    /// <summary>The lines without the id of the connection.</summary>
    private static async Task<string[]> LinesAsync(TestApp app, int count)
    {
        await Patience.Until(() => Lines().Length >= count);
        return Lines();

        string[] Lines() =>
            [.. app.Logs.Entries.Where(static entry => entry.Category == Category).Select(static entry => entry.Message.Split(' ', 3)[2])];
    }
}
