using System.Net.WebSockets;
using Krait.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Krait.Tests.Transport;

public class KestrelEchoTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 125)]
    [InlineData(1, 126)]
    [InlineData(1, 65535)]
    [InlineData(1, 65536)]
    [InlineData(1, 1024 * 1024)]
    [InlineData(2, 0)]
    [InlineData(2, 126)]
    [InlineData(2, 1024 * 1024)]
    public async Task A_message_comes_back(int httpVersion, int size)
    {
        await using var host = await StartAsync(httpVersion);
        using var client = await ConnectAsync(host, httpVersion);
        var sent = new byte[size];
        Random.Shared.NextBytes(sent);

        await client.SendAsync(sent, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

        Assert.Equal(sent, await ReceiveAsync(client));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    private static Task<TransportHost> StartAsync(int httpVersion) => TransportHost.StartAsync(
        async context =>
        {
            await using var transport = await TransportHandshake.AcceptAsync(context, null, Limits.Wide);
            await EchoLoop.RunAsync(transport);
        },
        httpVersion == 1 ? HttpProtocols.Http1 : HttpProtocols.Http2);

    private static async Task<ClientWebSocket> ConnectAsync(TransportHost host, int httpVersion)
    {
        var client = new ClientWebSocket();
        client.Options.HttpVersion = new Version(httpVersion, httpVersion == 1 ? 1 : 0);
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        await client.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws" }.Uri, invoker, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket client)
    {
        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult result;
        do
        {
            result = await client.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            received.AddRange(buffer.AsSpan(0, result.Count));
        }
        while (!result.EndOfMessage);

        return [.. received];
    }
}
