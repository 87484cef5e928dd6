using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>After a refusal the TCP connection serves the next request, or its end is announced: else proxies lose requests.</summary>
public sealed class RefusedConnectionTests
{
    private const string Alive = "GET /alive HTTP/1.1";
    private const string Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private static readonly string[] Upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];

    public static TheoryData<int, string[]> Refusals => new()
    {
        { 426, ["GET /plain HTTP/1.1"] },
        { 426, ["GET /plain HTTP/1.1", "Connection: keep-alive"] },
        { 426, ["POST /plain HTTP/1.1", "Content-Length: 0"] },
        { 426, ["GET /plain HTTP/1.1", "Connection: Upgrade", "Upgrade: h2c"] },
        { 426, ["GET /plain HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 8", Key] },
        { 405, ["POST /plain HTTP/1.1", .. Upgrade, Key] },
        { 400, ["GET /plain HTTP/1.1", .. Upgrade] },
        { 403, ["GET /plain HTTP/1.1", .. Upgrade, Key, "Origin: https://evil.example"] },
        { 503, ["GET /plain HTTP/1.1", .. Upgrade, Key] },
        { 402, ["GET /decisions/deny HTTP/1.1", .. Upgrade, Key] },
        { 404, ["GET /decisions/missing HTTP/1.1", .. Upgrade, Key] },
        { 500, ["GET /decisions/throw HTTP/1.1", .. Upgrade, Key] },
        { 418, ["GET /decisions/teapot HTTP/1.1", .. Upgrade, Key] },
        { 302, ["GET /decisions/redirect HTTP/1.1", .. Upgrade, Key] },
        { 500, ["GET /decisions/problem HTTP/1.1", .. Upgrade, Key] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_client_can_ask_again_on_the_same_connection(int status, string[] request)
    {
        await using var app = await StartAsync();
        using var connection = new RawHttp(await app.ConnectTcpAsync());

        Assert.Equal(status, (await connection.AskAsync(request)).Status);

        Assert.Equal(200, (await connection.AskAsync(Alive)).Status);
    }

    [Theory]
    [InlineData("GET /plain HTTP/1.1", "Connection: close")]
    [InlineData("GET /plain HTTP/1.1", "Connection: x, Close")]
    [InlineData("GET /plain HTTP/1.0", "Connection: close")]
    [InlineData("GET /plain HTTP/1.0", "Connection: keep-alive")]
    [InlineData("GET /plain HTTP/1.0", "X-Nothing: 1")]
    public async Task A_connection_that_ends_after_a_426_says_so(params string[] request)
    {
        await using var app = await StartAsync();
        using var connection = new RawHttp(await app.ConnectTcpAsync());

        Assert.Equal((426, "Upgrade, close"), await connection.AskAsync(request));

        await connection.ReadEndAsync();
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        static app =>
        {
            app.MapWebSocketController<PlainController>();
            app.MapWebSocketController<DecisionController>();
            app.MapGet("/alive", (RequestDelegate)(static _ => Task.CompletedTask));
        },
        static builder => builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 0));
}
