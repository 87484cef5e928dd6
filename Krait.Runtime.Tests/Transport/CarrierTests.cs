using System.Net;
using System.Net.WebSockets;
using Krait.Transport;
using Krait.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Both sides of the seam, on every carrier that there is.</summary>
public class CarrierTests
{
    public static MatrixTheoryData<int, bool> Carriers => new([1, 2], [false, true]);

    public static MatrixTheoryData<int, bool, int> CarriersAndSizes => new([1, 2], [false, true], [0, 1, 125, 126, 65535, 65536, 1024 * 1024]);

    [Theory]
    [MemberData(nameof(CarriersAndSizes))]
    public async Task A_message_comes_back(int httpVersion, bool preferWebSocket, int size)
    {
        await using var host = await TransportHost.StartAsync(Echo(preferWebSocket), httpVersion);
        using var client = await host.ConnectAsync();
        var sent = new byte[size];
        new Random(size).NextBytes(sent);

        await client.SendAsync(sent, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

        Assert.Equal(sent, await client.ReceiveMessageAsync());
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task The_closing_handshake_completes(int httpVersion, bool preferWebSocket)
    {
        var ended = new TaskCompletionSource<TransportRead>();
        await using var host = await TransportHost.StartAsync(Echo(preferWebSocket, ended), httpVersion);
        using var client = await host.ConnectAsync();

        await client.CloseAsync((WebSocketCloseStatus)4321, "bye", TestContext.Current.CancellationToken);

        Assert.Equal((WebSocketCloseStatus)4321, client.CloseStatus);
        var read = await ended.Task;
        Assert.Equal((TransportReadKind.Close, 4321, "bye"), (read.Kind, (int)read.Status, read.Reason));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task The_close_frame_that_answers_a_message_that_is_too_large_arrives(int httpVersion, bool preferWebSocket)
    {
        await using var host = await TransportHost.StartAsync(Echo(preferWebSocket, limit: 1000), httpVersion);
        using var client = await host.ConnectAsync();

        await client.SendAsync(new byte[100_000], WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        await client.ReceiveMessageAsync();

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Aborting_ends_the_read_and_breaks_the_connection(int httpVersion, bool preferWebSocket)
    {
        var connected = new TaskCompletionSource();
        var ended = new TaskCompletionSource<TransportRead>();
        await using var host = await TransportHost.StartAsync(
            async context =>
            {
                await using var transport = await OpeningHandshake.AcceptAsync(context, null, Limits.Wide with { PreferWebSocket = preferWebSocket });
                var reading = transport.ReadAsync();
                await connected.Task;
                transport.Abort();
                transport.Abort();
                ended.SetResult(await reading);
            },
            httpVersion);
        using var client = await host.ConnectAsync();
        connected.SetResult();

        var read = await ended.Task;
        Assert.Equal((TransportReadKind.Lost, CloseCause.ConnectionLost), (read.Kind, read.Cause));
        await Assert.ThrowsAsync<WebSocketException>(client.ReceiveMessageAsync);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task A_client_that_vanishes_is_lost(int httpVersion, bool preferWebSocket)
    {
        var ended = new TaskCompletionSource<TransportRead>();
        await using var host = await TransportHost.StartAsync(Echo(preferWebSocket, ended), httpVersion);
        using var client = await host.ConnectAsync();

        client.Abort();

        var read = await ended.Task;
        Assert.Equal((TransportReadKind.Lost, CloseCause.ConnectionLost, 1006), (read.Kind, read.Cause, (int)read.Status));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Headers_cookies_and_the_subprotocol_stand_in_the_answer(int httpVersion, bool preferWebSocket)
    {
        await using var host = await TransportHost.StartAsync(
            async context =>
            {
                context.Response.Headers["X-Own"] = "kept";
                context.Response.Cookies.Append("session", "1");
                await using var transport = await OpeningHandshake.AcceptAsync(context, "chat.v2", Limits.Wide with { PreferWebSocket = preferWebSocket });
                await EchoLoop.RunAsync(transport);
            },
            httpVersion);
        using var client = await host.ConnectAsync(options => options.AddSubProtocol("chat.v2"));

        Assert.Equal("chat.v2", client.SubProtocol);
        Assert.Equal(httpVersion == 1 ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.OK, client.HttpStatusCode);
        Assert.Equal("kept", client.HttpResponseHeaders!["X-Own"].Single());
        Assert.StartsWith("session=1", client.HttpResponseHeaders["Set-Cookie"].Single(), StringComparison.Ordinal);
    }

    // Kestrel has no such limit on HTTP/2, where connections bound their streams.
    [Fact]
    public async Task The_limit_of_upgraded_connections_is_told_before_anything_is_sent()
    {
        await using var host = await TransportHost.StartAsync(
            async context =>
            {
                try
                {
                    await using var transport = await OpeningHandshake.AcceptAsync(context, "chat", Limits.Wide);
                    await EchoLoop.RunAsync(transport);
                }
                catch (UpgradeLimitException)
                {
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                }
            },
            configure: static kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 1);
        using var first = await host.ConnectAsync(options => options.AddSubProtocol("chat"));
        Assert.Equal(WebSocketState.Open, first.State);

        using var second = await host.ConnectAsync(options => options.AddSubProtocol("chat"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.HttpStatusCode);
        Assert.DoesNotContain(second.HttpResponseHeaders!.Keys, name => name.StartsWith("Sec-WebSocket", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_middleware_for_web_sockets_makes_no_difference(int httpVersion)
    {
        Type? type = null;
        await using var host = await TransportHost.StartAsync(
            async context =>
            {
                await using var transport = await OpeningHandshake.AcceptAsync(context, null, Limits.Wide);
                type = transport.GetType();
                await EchoLoop.RunAsync(transport);
            },
            httpVersion,
            use: static application => application.UseWebSockets());
        using var client = await host.ConnectAsync();

        await client.SendAsync(new byte[3], WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

        Assert.Equal(new byte[3], await client.ReceiveMessageAsync());
        Assert.Equal(typeof(FrameTransport), type);
    }

    [Fact]
    public async Task The_in_memory_server_carries_messages_and_the_closing_handshake()
    {
        var ended = new TaskCompletionSource<TransportRead>();
        await using var application = await StartInMemoryAsync(Echo(false, ended));
        using var client = await application.GetTestServer().CreateWebSocketClient().ConnectAsync(new("ws://localhost/"), TestContext.Current.CancellationToken);

        await client.SendAsync(new byte[100_000], WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        Assert.Equal(100_000, (await client.ReceiveMessageAsync()).Length);
        await client.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        Assert.Empty(await client.ReceiveMessageAsync());
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        Assert.Equal("bye", (await ended.Task).Reason);
    }

    [Fact]
    public async Task Aborting_ends_the_read_on_the_in_memory_server()
    {
        var ended = new TaskCompletionSource<TransportRead>();
        await using var application = await StartInMemoryAsync(async context =>
        {
            await using var transport = await OpeningHandshake.AcceptAsync(context, null, Limits.Wide);
            var reading = transport.ReadAsync();
            transport.Abort();
            ended.SetResult(await reading);
        });
        using var client = await application.GetTestServer().CreateWebSocketClient().ConnectAsync(new("ws://localhost/"), TestContext.Current.CancellationToken);

        Assert.Equal(TransportReadKind.Lost, (await ended.Task).Kind);
        await Assert.ThrowsAnyAsync<IOException>(client.ReceiveMessageAsync);
    }

    private static RequestDelegate Echo(bool preferWebSocket, TaskCompletionSource<TransportRead>? ended = null, int? limit = null) => async context =>
    {
        var options = Limits.Wide with { PreferWebSocket = preferWebSocket, MaxMessageSize = limit ?? Limits.Wide.MaxMessageSize };
        await using var transport = await OpeningHandshake.AcceptAsync(context, null, options);
        var end = await EchoLoop.RunAsync(transport);
        ended?.SetResult(end);
    };

    private static async Task<WebApplication> StartInMemoryAsync(RequestDelegate endpoint)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        var application = builder.Build();
        application.Run(endpoint);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return application;
    }
}
