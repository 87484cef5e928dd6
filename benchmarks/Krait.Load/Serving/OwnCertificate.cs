using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Krait.Load.Serving;

/// <summary>A certificate for the loopback interface that lasts as long as the process.</summary>
internal static class OwnCertificate
{
    public const string Host = "localhost";

    public const string Subject = $"CN={Host}";

    public static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        return new CertificateRequest(Subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
