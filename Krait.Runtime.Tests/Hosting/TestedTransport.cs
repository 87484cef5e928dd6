using Microsoft.AspNetCore.Hosting;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>The transport below Kestrel: with the environment variable KRAIT_TRANSPORT=sockets, the whole suite runs on Krait.Sockets.</summary>
internal static class TestedTransport
{
    /// <summary>Whether it is Krait.Sockets.</summary>
    public static bool IsSockets { get; } = Environment.GetEnvironmentVariable("KRAIT_TRANSPORT") == "sockets";

    public static IWebHostBuilder UseTestedTransport(this IWebHostBuilder builder) => IsSockets ? builder.UseKraitSockets() : builder;
}
