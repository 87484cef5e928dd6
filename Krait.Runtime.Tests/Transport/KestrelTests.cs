using System.Net.WebSockets;
using Krait.Transport;
using Krait.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Krait's own framing together with the server below it.</summary>
public class KestrelTests
{
    [Fact]
    public async Task The_answer_proves_that_the_key_was_read()
    {
        await using var host = await TransportHost.StartAsync(EchoAsync);
        using var client = await RawUpgrade.ConnectAsync(host.Address);

        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", client.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", client.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nUpgrade: websocket\r\n", client.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: Upgrade\r\n", client.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", client.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_in_the_same_segment_as_the_request_is_read()
    {
        await using var host = await TransportHost.StartAsync(EchoAsync);
        using var client = await RawUpgrade.ConnectAsync(host.Address, ClientFrame.Text("early"));

        Assert.Equal("early", (await client.ReceiveAsync())?.Text);
    }

    [Fact]
    public async Task A_message_may_come_byte_by_byte()
    {
        await using var host = await TransportHost.StartAsync(EchoAsync);
        using var client = await RawUpgrade.ConnectAsync(host.Address);

        foreach (var one in ClientFrame.Text("slow \u20AC"))
            await client.SendAsync([one]);

        Assert.Equal("slow \u20AC", (await client.ReceiveAsync())?.Text);
    }

    [Fact]
    public async Task The_close_frame_that_answers_a_violation_arrives_although_the_client_goes_on_sending()
    {
        await using var host = await TransportHost.StartAsync(EchoAsync);
        using var client = await RawUpgrade.ConnectAsync(host.Address);

        await client.SendAsync([0x81, 0x01, 0x61]);
        await client.SendAsync(new byte[100_000]);

        Assert.Equal(1002, (await client.ReceiveAsync())?.CloseStatus);
    }

    [Fact]
    public async Task A_client_that_half_closes_is_lost_after_its_messages()
    {
        var ended = new TaskCompletionSource<(TransportReadKind First, TransportRead Second)>();
        await using var host = await TransportHost.StartAsync(async context =>
        {
            await using var transport = await AcceptAsync(context, Limits.Wide);
            ended.SetResult(((await transport.ReadAsync()).Kind, await transport.ReadAsync()));
        });
        using var client = await RawUpgrade.ConnectAsync(host.Address, ClientFrame.Text("last"));

        client.Stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        var (first, second) = await ended.Task;
        Assert.Equal((TransportReadKind.Message, TransportReadKind.Lost, CloseCause.ConnectionLost), (first, second.Kind, second.Cause));
    }

    [Fact]
    public async Task A_client_that_resets_is_noticed_while_nobody_reads()
    {
        var time = new FakeTimeProvider();
        var options = Limits.Wide with { KeepAliveInterval = TimeSpan.FromSeconds(15), TimeProvider = time };
        var lost = new TaskCompletionSource<CloseCause?>();
        await using var host = await TransportHost.StartAsync(async context =>
        {
            await using var transport = await AcceptAsync(context, options);
            var gone = new TaskCompletionSource();
            using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            time.Advance(options.KeepAliveInterval);
            lost.SetResult(await transport.OutputCompletion);
        });
        using var client = await RawUpgrade.ConnectAsync(host.Address);

        client.Reset();

        Assert.Equal(CloseCause.ConnectionLost, await lost.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_limit_on_request_bodies_does_not_count_messages()
    {
        await using var host = await TransportHost.StartAsync(EchoAsync, httpVersion: 2, kestrel => kestrel.Limits.MaxRequestBodySize = 1000);
        using var client = await host.ConnectAsync();

        await client.SendAsync(new byte[5000], WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

        Assert.Equal(5000, (await client.ReceiveMessageAsync()).Length);
    }

    [Fact]
    public async Task The_timeout_of_requests_does_not_count_for_connections()
    {
        var timeout = new TimeoutFeature();
        await using var host = await TransportHost.StartAsync(EchoAsync, use: application => application.Use((context, next) =>
        {
            context.Features.Set<IHttpRequestTimeoutFeature>(timeout);
            return next(context);
        }));
        using var client = await host.ConnectAsync();

        Assert.True(timeout.IsDisabled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Kestrel_lets_an_empty_read_wait_for_data(int httpVersion)
    {
        var waits = new TaskCompletionSource<(bool Waited, int Count, int Read)>();
        await using var host = await TransportHost.StartAsync(
            async context =>
            {
                var stream = httpVersion == 1
                    ? await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync()
                    : await context.Features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync();
                var reading = stream.ReadAsync(Memory<byte>.Empty, context.RequestAborted).AsTask();
                var waited = !reading.IsCompleted;
                await stream.WriteAsync((byte[])[0x81, 0x00], context.RequestAborted);
                waits.SetResult((waited, await reading, await stream.ReadAsync(new byte[100], context.RequestAborted)));
            },
            httpVersion,
            use: static application => application.Use((context, next) =>
            {
                UpgradeResponse.SetSwitchingProtocols(context.Response.Headers, context.Request.Headers, null);
                if (context.Request.Protocol == "HTTP/2")
                    UpgradeResponse.Clear(context.Response.Headers);

                return next(context);
            }));
        using var client = await host.ConnectAsync();

        await client.ReceiveMessageAsync();
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

        Assert.Equal((true, 0, 11), await waits.Task);
    }

    private static ValueTask<MessageTransport> AcceptAsync(HttpContext context, TransportOptions options) =>
        OpeningHandshake.AcceptAsync(context, null, options);

    private static async Task EchoAsync(HttpContext context)
    {
        await using var transport = await AcceptAsync(context, Limits.Wide);
        await EchoLoop.RunAsync(transport);
    }

    private sealed class TimeoutFeature : IHttpRequestTimeoutFeature
    {
        public bool IsDisabled { get; private set; }

        public CancellationToken RequestTimeoutToken => default;

        public void DisableTimeout() => IsDisabled = true;
    }
}
