using Microsoft.AspNetCore.Hosting;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>Puts the applications of <see cref="TestApp"/> on Krait.Sockets.</summary>
internal static class TestedTransport
{
    public static IWebHostBuilder UseTestedTransport(this IWebHostBuilder builder) => builder.UseKraitSockets();
}
