using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;
using Microsoft.AspNetCore.Hosting;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>TLS on this transport.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.New();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Echoes_of_all_sizes_come_whole()
    {
        await using var server = await RawServer.StartAsync(Serve.EchoAsync, listen: options => options.UseHttps(_certificate));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EchoAllAsync(server)));
    }

    [Fact]
    public async Task The_end_of_either_side_comes_after_all_bytes()
    {
        await using var server = await RawServer.StartAsync(Serve.EchoAsync, listen: options => options.UseHttps(_certificate));
        using var peer = await server.ConnectAsync();
        await using var tls = await AuthenticateAsync(peer);
        var bytes = Serve.Bytes(100_000);

        await tls.WriteAsync(bytes, Ct);
        await tls.ShutdownAsync();

        var received = new MemoryStream();
        await tls.CopyToAsync(received, Ct).InTime();
        Assert.Equal(bytes, received.ToArray());
    }

    public void Dispose() => _certificate.Dispose();

    private async Task EchoAllAsync(RawServer server)
    {
        using var peer = await server.ConnectAsync();
        await using var tls = await AuthenticateAsync(peer);
        foreach (var size in (int[])[0, 1, 2, 100, 8191, 8192, 16_384, 16_385, 65_536, 300_000, 1_000_000])
        {
            var bytes = Serve.Bytes(size, size);
            var sending = tls.WriteAsync(bytes, Ct).AsTask();
            var received = new byte[size];
            await tls.ReadExactlyAsync(received, Ct).AsTask().InTime();
            await sending;
            Assert.Equal(bytes, received);
        }
    }

    private async Task<SslStream> AuthenticateAsync(TcpPeer peer)
    {
        var tls = new SslStream(peer.Stream, false, (_, certificate, _, _) => _certificate.GetCertHashString() == certificate?.GetCertHashString());
        await tls.AuthenticateAsClientAsync("localhost").InTime();
        return tls;
    }
}
