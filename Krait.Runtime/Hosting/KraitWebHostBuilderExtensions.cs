using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Sets up Kestrel for Krait.</summary>
public static class KraitWebHostBuilderExtensions
{
    /// <summary>
    /// Trades isolation and memory for speed: what arrives is handled on the threads that read it from the sockets, without a hop
    /// to the thread pool, and is read by one system call instead of two.
    /// </summary>
    /// <remarks>
    /// For servers whose handlers are short and never block: a handler that does holds up every other connection of its thread,
    /// plain HTTP requests too. Sets <see cref="SocketTransportOptions.UnsafePreferInlineScheduling"/>, and
    /// <see cref="SocketTransportOptions.WaitForDataBeforeAllocatingBuffer"/> to false, so that every connection, idle ones too,
    /// holds a buffer of 4 KiB to read into. The environment variable <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c>,
    /// which must be there when the process starts, saves the other hop, from the thread that waits for events to the one that
    /// handles them.
    /// </remarks>
    /// <param name="builder">The web host.</param>
    public static IWebHostBuilder UseKraitSockets(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(static services =>
            services.Configure<SocketTransportOptions>(static options =>
            {
                options.UnsafePreferInlineScheduling = true;
                options.WaitForDataBeforeAllocatingBuffer = false;
            }));
    }
}
