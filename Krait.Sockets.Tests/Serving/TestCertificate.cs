using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Krait.Sockets.Tests.Serving;

internal static class TestCertificate
{
    /// <summary>Makes a certificate for localhost that the tests' clients know by its thumbprint.</summary>
    public static X509Certificate2 New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
