using System.Globalization;
using System.Net;
using System.Text;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Upgrading;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>The contract of Krait for Python, row by row, on every carrier that can hold it.</summary>
public class KraitForPythonTests
{
    public static TheoryData<Carrier> Carriers => [Carrier.Http1, Carrier.Http2, Carrier.Http1WithoutStream, Carrier.InMemory];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task The_request_says_which_subprotocols_the_client_offers_in_its_order(Carrier carrier)
    {
        await using var app = await Served.StartAsync<OfferController>(carrier);
        using var client = await app.ConnectAsync("python/request", ["b", "a", "c"]);
        Assert.Equal("b|a|c = b|a|c", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task Offers_are_found_with_any_spacing_in_several_headers_and_any_case_of_websocket()
    {
        await using var app = await Served.StartAsync<OfferController>();
        await using var client = await RawClient.ConnectTcpAsync(new(IPAddress.Loopback, app.BaseAddress.Port));
        var handshake = Encoding.ASCII.GetString(RawClient.Handshake("/python/request", "Sec-WebSocket-Protocol: b,a\r\nSec-WebSocket-Protocol:   c ,d\r\n"))
            .Replace("Upgrade: websocket", "Upgrade: WebSocket", StringComparison.Ordinal);
        await client.SendAsync(Encoding.ASCII.GetBytes(handshake));
        Assert.StartsWith("HTTP/1.1 101", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("b|a|c|d = b|a|c|d", await client.ReadTextAsync());
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task A_request_that_is_no_upgrade_gets_426_before_any_code_of_the_controller_runs(Carrier carrier)
    {
        await using var app = await Served.StartAsync<StepsController>(carrier);
        using var response = await app.Client.GetAsync(new Uri("python/steps", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Empty(app.Journal().Entries);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task OnUpgrade_accepts_with_a_subprotocol(Carrier carrier)
    {
        await using var app = await Served.StartAsync<DecideController>(carrier);
        using var client = await app.ConnectAsync("python/decide", ["chat.v1", "chat.v2"]);
        Assert.Equal("chat.v2", client.SubProtocol);
        Assert.Equal("chat.v2", await client.ReceiveTextAsync());
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task OnUpgrade_denies_and_no_connection_is_opened(Carrier carrier)
    {
        await using var app = await Served.StartAsync<DecideController>(carrier);
        Assert.Equal(403, await StatusOfRefusalAsync(app, carrier, "python/decide?deny=403"));
        Assert.Empty(app.Journal().Entries);
    }

    [Theory]
    [InlineData(Carrier.Http1)]
    [InlineData(Carrier.Http2)]
    public async Task The_denial_arrives_with_its_status_headers_and_body(Carrier carrier)
    {
        await using var app = await Served.StartAsync<ResultController>(carrier);
        using var response = await app.Client.AskAsync(Request(carrier, "python/result"));
        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("tea", response.Headers.GetValues("X-Reason").Single());
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("I am a teapot.", await response.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task The_status_of_a_denial_arrives_in_memory()
    {
        await using var app = await Served.StartAsync<ResultController>(Carrier.InMemory);
        Assert.Equal(418, await StatusOfRefusalAsync(app, Carrier.InMemory, "python/result"));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Every_connection_has_a_controller_of_its_own(Carrier carrier)
    {
        await using var app = await Served.StartAsync<CountController>(carrier);
        using var first = await app.ConnectAsync("python/count");
        using var second = await app.ConnectAsync("python/count");
        Assert.Equal("1", await first.AskAsync(""));
        Assert.Equal("2", await first.AskAsync(""));
        Assert.Equal("1", await second.AskAsync(""));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task With_a_queue_messages_wait_until_the_controller_pulls_them(Carrier carrier)
    {
        await using var app = await Served.StartAsync<PullController>(carrier);
        using var client = await app.ConnectAsync("python/queue");
        Assert.Equal("nothing", await client.ReceiveTextAsync());
        await client.SendTextAsync("a");
        await client.SendTextAsync("b");
        app.Gate().Open();
        Assert.Equal("pulled a", await client.ReceiveTextAsync());
        Assert.Equal("pulled b", await client.ReceiveTextAsync());
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task TryReceive_is_false_while_nothing_waits(Carrier carrier)
    {
        await using var app = await Served.StartAsync<PullController>(carrier);
        using var client = await app.ConnectAsync("python/queue");
        Assert.Equal("nothing", await client.ReceiveTextAsync());
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Without_a_queue_every_message_calls_the_handler_after_OnOpen_has_returned(Carrier carrier)
    {
        await using var app = await Served.StartAsync<StepsController>(carrier);
        using var client = await app.ConnectAsync("python/steps");
        Assert.Equal("got a", await client.AskAsync("a"));
        Assert.Equal("got b", await client.AskAsync("b"));
        await client.CloseAsync();
        await app.AllEnded();
        Assert.Equal(["upgrade", "constructed", "opened", "a", "b", "closed"], app.Journal().Entries);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task A_Run_that_blocks_has_a_thread_of_its_own_after_OnOpen_and_sees_ShouldStop(Carrier carrier)
    {
        await using var app = await Served.StartAsync<ThreadController>(carrier);
        using var client = await app.ConnectAsync("python/thread");
        Assert.Equal("got a", await client.AskAsync("a"));
        await client.CloseAsync();
        await app.AllEnded();
        Assert.Equal(["opened", "a thread of its own", "stopped"], app.Journal().Entries);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Messages_are_sent_from_any_thread(Carrier carrier)
    {
        await using var app = await Served.StartAsync<PushController>(carrier);
        using var client = await app.ConnectAsync("python/push");
        Assert.Equal("tried", await client.ReceiveTextAsync());
        Assert.Equal("sent", await client.ReceiveTextAsync());
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Stopping_fires_when_the_connection_ends(Carrier carrier)
    {
        var opened = new TaskCompletionSource<WebSocketConnection>();
        await using var app = await Served.StartAsync<WaitController>(carrier, builder => builder.Services.AddSingleton(opened));
        using var client = await app.ConnectAsync("python/wait");
        var connection = await opened.Task.InTime();
        Assert.Equal("still here", await client.AskAsync("still here"));
        Assert.False(connection.Stopping.IsCancellationRequested);
        await client.CloseAsync();
        await connection.Completion.InTime();
        Assert.True(connection.Stopping.IsCancellationRequested);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task WaitStoppedAsync_says_whether_the_connection_ended_in_time(Carrier carrier)
    {
        var opened = new TaskCompletionSource<WebSocketConnection>();
        await using var app = await Served.StartAsync<WaitController>(carrier, builder => builder.Services.AddSingleton(opened));
        using var client = await app.ConnectAsync("python/wait");
        var connection = await opened.Task.InTime();
        Assert.False(await connection.WaitStoppedAsync(TimeSpan.FromMilliseconds(1)));
        await client.CloseAsync();
        Assert.True(await connection.WaitStoppedAsync(Patience.Long));
    }

    private static HttpRequestMessage Request(Carrier carrier, string path) =>
        carrier == Carrier.Http2 ? Upgrades.ExtendedConnect(path) : Upgrades.Request(path);

    private static async Task<int> StatusOfRefusalAsync(TestApp app, Carrier carrier, string path)
    {
        if (carrier != Carrier.InMemory)
        {
            using var response = await app.Client.AskAsync(Request(carrier, path));
            return (int)response.StatusCode;
        }

        // TestServer's client says it in a sentence.
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => app.ConnectAsync(path));
        return int.Parse(refusal.Message.Split(' ')[^1].TrimEnd('.'), CultureInfo.InvariantCulture);
    }
}
