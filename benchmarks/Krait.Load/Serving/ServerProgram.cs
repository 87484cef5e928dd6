using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime;
using Krait.Load.Measuring;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Krait.Load.Serving;

/// <summary>One server in a process of its own: says its port, then answers questions about itself until its input ends.</summary>
internal static class ServerProgram
{
    private const int SmallSendBuffer = 8 * 1024;

    public const string Memory = "memory";
    public const string Allocated = "allocated";
    public const string Compiled = "compiled";
    public const string Resident = "resident";

    /// <summary>The order to stop and to drain; the period in seconds follows.</summary>
    public const string Stop = "stop ";

    /// <summary>How many methods this process has compiled, each again for each tier.</summary>
    public static long CompiledMethods => JitInfo.GetCompiledMethodCount();

    public static async Task<int> RunAsync(string name, SocketMode sockets, int? loops)
    {
        await using var app = Build(name, builder =>
        {
            builder.WebHost.UseSockets(options => options.CreateBoundListenSocket = endPoint => Listen(endPoint, name == Server.Fresh));
            if (sockets == SocketMode.Krait)
                builder.WebHost.UseKraitSockets(options => options.Loops = loops ?? options.Loops);
            else if (sockets == SocketMode.Tuned)
                builder.WebHost.UseKraitSockets(static options => options.UseKestrelTransport = true);
        });
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        var publisher = app.Services.GetService<Publisher>();
        while (Console.ReadLine() is { } line)
        {
            if (line.StartsWith(Stop, StringComparison.Ordinal))
            {
                await DrainServer.StopAsync(app, line[Stop.Length..]);
                return 0;
            }

            if (publisher?.TryTake(line) != true)
                Console.WriteLine(Answer(line, publisher).ToString(CultureInfo.InvariantCulture));
        }

        Environment.Exit(0); // whoever asked is gone, and nobody waits for a graceful end
        return 0;
    }

    /// <summary>Builds a server that listens on a free port of the loopback interface.</summary>
    public static WebApplication Build(string name, Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var server = Server.Find(name);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, server.Secure));
        configure(builder);
        server.Add(builder);
        var app = builder.Build();
        server.Map(app);
        return app;
    }

    private static Socket Listen(EndPoint endPoint, bool isFresh)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint).Unpaced();
        if (isFresh)
            socket.SendBufferSize = SmallSendBuffer; // as docs/rooms.md says for values that must be fresh

        return socket;
    }

    private static long Answer(string question, Publisher? publisher) => question switch
    {
        Memory => LiveBytes(),
        Allocated => GC.GetTotalAllocatedBytes(precise: true),
        Compiled => CompiledMethods,
        Resident => ResidentBytes(),
        _ when publisher is not null => publisher.Answer(question),
        _ => throw new ArgumentException($"'{question}' is no question.", nameof(question)),
    };

    // Several times, since pools give back what they hold some collections later.
    private static long LiveBytes()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    // All that the process has in memory once the heap has given back what it does not need.
    private static long ResidentBytes()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
