using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Sets up Kestrel for Krait.</summary>
public static class KraitWebHostBuilderExtensions
{
    /// <summary>Trades isolation for speed: what arrives is handled on the threads that read it from the sockets, without a hop to the thread pool.</summary>
    /// <remarks>
    /// For servers whose handlers are short and never block: a handler that does holds up every other connection of its thread, plain HTTP requests too. Sets
    /// <see cref="SocketTransportOptions.UnsafePreferInlineScheduling"/>. The environment variable <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c>, which
    /// must be there when the process starts, saves the other hop, from the thread that waits for events to the one that handles them.
    /// </remarks>
    /// <param name="builder">The web host.</param>
    public static IWebHostBuilder UseKraitSockets(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(static services =>
            services.Configure<SocketTransportOptions>(static options => options.UnsafePreferInlineScheduling = true));
    }
}
