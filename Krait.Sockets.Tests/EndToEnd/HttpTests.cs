using System.Net;
using System.Text;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Krait.Sockets.Tests.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>Kestrel's HTTP on this transport.</summary>
public sealed class HttpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_requests_in_one_write_are_answered_in_order()
    {
        await using var app = await StartAsync();
        using var peer = await TcpPeer.ConnectAsync(new(IPAddress.Loopback, app.BaseAddress.Port));
        var requests = string.Concat(Enumerable.Range(0, 50).Select(static i => $"GET /number/{i} HTTP/1.1\r\nHost: localhost\r\n\r\n"));

        await peer.SendAsync(Encoding.ASCII.GetBytes(requests));

        for (var i = 0; i < 50; i++)
            await peer.HasAnsweredAsync($"number {i};");
    }

    [Theory]
    [InlineData(false, HttpProtocols.Http1)]
    [InlineData(true, HttpProtocols.Http1)]
    [InlineData(true, HttpProtocols.Http2)]
    public async Task Bodies_come_whole_in_both_directions(bool isChunked, HttpProtocols protocols)
    {
        await using var app = await StartAsync(protocols);
        var bytes = Serve.Bytes(1_000_000);
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/echo") { Content = new ByteArrayContent(bytes) };
            (request.Version, request.VersionPolicy) = (app.Client.DefaultRequestVersion, HttpVersionPolicy.RequestVersionExact);
            request.Headers.TransferEncodingChunked = isChunked && protocols == HttpProtocols.Http1 ? true : null;
            using var response = await app.Client.SendAsync(request, Ct).InTime();

            var echo = await response.Content.ReadAsByteArrayAsync(Ct);
            Assert.True(bytes.AsSpan().SequenceEqual(echo));
        }
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Large_responses_come_whole_to_several_clients_at_once(HttpProtocols protocols)
    {
        await using var app = await StartAsync(protocols);
        var responses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Client.GetByteArrayAsync(new Uri("/large", UriKind.Relative), Ct))).InTime();

        Assert.All(responses, static response => Assert.True(s_large.AsSpan().SequenceEqual(response)));
    }

    private static readonly byte[] s_large = Serve.Bytes(10_000_000);

    private static Task<TestApp> StartAsync(HttpProtocols protocols = HttpProtocols.Http1) => TestApp.StartAsync(
        static app =>
        {
            app.MapGet("/number/{number}", static (int number) => $"number {number};");
            app.MapGet("/large", static () => Results.Bytes(s_large));
            app.MapPost("/echo", EchoAsync);
        },
        protocols: protocols);

    private static async Task EchoAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        await context.Response.Body.WriteAsync(body.ToArray());
    }
}
