using System.Net;
using System.Net.Sockets;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Krait.Sockets.Tests.Hosting;

/// <summary>Which transport serves an end point.</summary>
public sealed class FallbackTests
{
    private const int Fallback = 3; // the id of the log entry

    private const string KestrelsTransport = "Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TCP_is_served_by_Krait_Sockets()
    {
        await using var app = await TestApp.StartAsync(MapTransport);

        Assert.Equal("Krait.Sockets", await app.Client.GetStringAsync(app.BaseAddress, Ct));
        Assert.Empty(Said(app.Logs));
    }

    [Fact]
    public async Task TCP_is_served_by_Kestrels_own_transport_inline_where_the_application_asks_for_it()
    {
        await using var app = await TestApp.StartAsync(
            MapTransport, static builder => builder.Services.Configure<SocketsOptions>(static options => options.UseKestrelTransport = true));

        Assert.Equal(KestrelsTransport, await app.Client.GetStringAsync(app.BaseAddress, Ct));
        var options = app.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value;
        Assert.Equal((true, false), (options.UnsafePreferInlineScheduling, options.WaitForDataBeforeAllocatingBuffer));
        Assert.Single(Said(app.Logs));
    }

    [Fact]
    public async Task Unix_domain_sockets_are_served_next_to_TCP_and_the_log_says_so_once()
    {
        var directory = Directory.CreateTempSubdirectory();
        string[] paths = [Path.Combine(directory.FullName, "a"), Path.Combine(directory.FullName, "b")];
        var logs = new CollectedLogs();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddProvider(logs);
        builder.WebHost.UseKraitSockets().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            foreach (var path in paths)
                kestrel.ListenUnixSocket(path);
        });
        await using var app = builder.Build();
        MapTransport(app);
        await app.StartAsync(Ct);

        foreach (var path in paths)
            Assert.Equal(KestrelsTransport, await GetAsync(path));

        Assert.Single(Said(logs));
        directory.Delete(recursive: true);
    }

    private static void MapTransport(WebApplication app) => app.MapGet(
        "/", static (HttpContext context) => context.Features.GetRequiredFeature<IConnectionTransportFeature>().GetType().Assembly.GetName().Name);

    private static List<LogEntry> Said(CollectedLogs logs) =>
        [.. logs.Entries.Where(static entry => entry.Category == typeof(SocketsListenerFactory).FullName && entry.Id.Id == Fallback)];

    private static async Task<string> GetAsync(string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        return await client.GetStringAsync(new Uri("http://localhost/"), Ct).InTime();
    }
}
