using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Krait.Runtime.Tests.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>How a connection under TLS ends.</summary>
public sealed class TlsEndTests : IDisposable
{
    private readonly X509Certificate2 _certificate = SelfSigned();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TLS_ends_as_soon_as_both_close_frames_are_out_though_a_handler_still_runs()
    {
        await using var app = await Served.StartAsync<ObedientController>(WithTls);
        using var tcp = await app.ConnectTcpAsync();
        await using var client = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => _certificate.GetCertHashString() == certificate?.GetCertHashString());
        await client.AuthenticateAsClientAsync("localhost");
        await client.WriteAsync(RawClient.Handshake("/obey"), Ct);
        await client.WriteAsync(ClientFrame.Text("hang"), Ct);
        await app.Journal().Has("hang");

        await client.WriteAsync(ClientFrame.Close(1000), Ct);

        var received = new MemoryStream();
        await client.CopyToAsync(received, Ct).InTime();
        Assert.Equal([0x88, 0x02, 0x03, 0xE8], received.ToArray()[^4..]);
        Assert.Empty(app.Journal().Closes);
        app.Gate().Open();
        Assert.True((await app.Journal().Closed()).WasClean);
        await app.AllEnded();
        await app.StopAsync();
        Assert.DoesNotContain(app.Logs.Entries, static entry => entry.Level >= LogLevel.Warning);
    }

    public void Dispose() => _certificate.Dispose();

    private void WithTls(WebApplicationBuilder builder) => builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(
        kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.UseHttps(_certificate)));

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
