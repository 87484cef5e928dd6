using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Krait.Load.Serving;

/// <summary>
/// One of two servers behind a proxy, as docs/deploying.md describes it: SIGTERM drains it, <c>/ready</c> says whether it takes
/// clients.
/// </summary>
internal static class LedgerServer
{
    public static readonly TimeSpan DrainPeriod = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders()
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None) // it is unhealthy while it drains
            .AddConsole(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseSockets(static sockets => sockets.CreateBoundListenSocket =
            static endPoint => SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint).Unpaced());
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
        builder.Services
            .AddKrait(static options =>
            {
                options.DrainPeriod = DrainPeriod;
                options.ReconnectSpread = Spread;
            })
            .AddRooms<LedgerEvent>(static rooms => rooms.History = new(length: 5000, age: TimeSpan.FromMinutes(5)))
            .AddKraitRedis(SharedRedis.Address!, static options => options.Prefix = "ledger");
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        builder.Services.AddHealthChecks().AddKrait(tags: ["ready"]);
        await using var app = builder.Build();
        app.MapHealthChecks("/ready", new() { Predicate = static check => check.Tags.Contains("ready") });
        app.MapWebSocketController<LedgerController>();
        await app.StartAsync();
        Console.WriteLine(port);
        await app.WaitForShutdownAsync();
        return 0;
    }
}
