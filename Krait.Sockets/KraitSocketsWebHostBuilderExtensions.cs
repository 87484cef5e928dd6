using Krait.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Sets up Kestrel for Krait.</summary>
public static class KraitSocketsWebHostBuilderExtensions
{
    /// <summary>
    /// Trades isolation for speed. On Linux, a transport of Krait receives messages and calls their handlers on the same threads,
    /// without a switch to the thread pool. By default there is one thread for each core.
    /// </summary>
    /// <remarks>
    /// Use it only if your handlers are short and never block. Otherwise a handler delays the other connections of its thread,
    /// also plain HTTP requests. After 250 ms, Krait moves them to another thread and logs a warning.
    /// <para>
    /// On other systems, and for end points that are not TCP, Kestrel's own transport does the work. For it, this sets
    /// <see cref="SocketTransportOptions.UnsafePreferInlineScheduling"/>, and
    /// <see cref="SocketTransportOptions.WaitForDataBeforeAllocatingBuffer"/> to false.
    /// </para>
    /// <para>
    /// <see cref="SocketTransportOptions.Backlog"/>, <see cref="SocketTransportOptions.NoDelay"/>,
    /// <see cref="SocketTransportOptions.MaxWriteBufferSize"/> and <see cref="SocketTransportOptions.CreateBoundListenSocket"/>
    /// have the same meaning as for Kestrel's own transport. The other options have no effect.
    /// </para>
    /// </remarks>
    /// <param name="builder">The web host.</param>
    /// <param name="configure">Sets options.</param>
    public static IWebHostBuilder UseKraitSockets(this IWebHostBuilder builder, Action<SocketsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            if (configure is not null)
                services.Configure(configure);

            services.Configure<SocketTransportOptions>(static options =>
            {
                options.UnsafePreferInlineScheduling = true;
                options.WaitForDataBeforeAllocatingBuffer = false;
            });

            // Kestrel asks the last one first, and adds its own only if it finds none.
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, SocketTransportFactory>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, SocketsListenerFactory>());
        });
    }
}
