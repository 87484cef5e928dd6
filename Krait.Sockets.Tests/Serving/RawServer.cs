using System.Net;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets.Tests.Serving;

/// <summary>Kestrel on Krait.Sockets and a free port of the loopback interface, with code of the test's own for each connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RawServer(WebApplication application, CollectedLogs logs)
    {
        (_application, Logs) = (application, logs);
        Address = new(IPAddress.Loopback, new Uri(application.Urls.Single()).Port);
    }

    public IPEndPoint Address { get; }

    public CollectedLogs Logs { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="serve">Serves a connection, which ends with it.</param>
    /// <param name="loops">See <see cref="SocketsOptions.Loops"/>.</param>
    /// <param name="transport">Sets options of the transport.</param>
    /// <param name="listen">Adds layers, such as TLS.</param>
    public static async Task<RawServer> StartAsync(
        Func<ConnectionContext, Task> serve,
        int loops = 2,
        Action<SocketTransportOptions>? transport = null,
        Action<ListenOptions>? listen = null)
    {
        var logs = new CollectedLogs();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        if (transport is not null)
            builder.Services.Configure(transport);

        builder.WebHost.UseKestrelCore().UseKraitSockets(options => options.Loops = loops).ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, options =>
            {
                listen?.Invoke(options);
                options.Run(connection => serve(connection));
            }));
        var application = builder.Build();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new(application, logs);
    }

    public Task<TcpPeer> ConnectAsync(int? receiveBufferSize = null) => TcpPeer.ConnectAsync(Address, receiveBufferSize);

    public Task StopAsync(CancellationToken cancellationToken = default) => _application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
