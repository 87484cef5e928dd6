using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Sets up Kestrel for Krait.</summary>
public static class KraitWebHostBuilderExtensions
{
    /// <summary>
    /// Trades isolation and memory for speed: messages are handled on the threads that read them from the sockets, without a
    /// switch to the thread pool, and are read by one system call instead of two.
    /// </summary>
    /// <remarks>
    /// Use it only if your handlers are short and never block: otherwise a handler delays every other connection of its thread,
    /// also plain HTTP requests. Sets <see cref="SocketTransportOptions.UnsafePreferInlineScheduling"/>, and
    /// <see cref="SocketTransportOptions.WaitForDataBeforeAllocatingBuffer"/> to false, so that every connection, even if
    /// idle, holds a read buffer of 4 KiB. The environment variable <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c>,
    /// which must be set when the process starts, saves the other switch, from the thread that waits for events to the one that
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
