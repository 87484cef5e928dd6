using Krait.Runtime.Tests.EndToEnd;
using Microsoft.AspNetCore.Connections;

namespace Krait.Sockets.Tests.Serving;

/// <summary>A server whose next connection the test gets hold of, together with the work on it.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly TaskCompletionSource<(ConnectionContext Connection, Task Waiting)> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Served(RawServer server) => Server = server;

    public RawServer Server { get; private set; }

    /// <summary>Starts a server that does <paramref name="work"/> for its connections.</summary>
    public static async Task<Served> StartAsync(Func<ConnectionContext, Task> work)
    {
        var served = new Served(null!);
        served.Server = await RawServer.StartAsync(connection => served.WorkAsync(connection, work));
        return served;
    }

    /// <summary>The connection, and the work, which has come to its first wait.</summary>
    public Task<(ConnectionContext Connection, Task Waiting)> WaitingAsync() => _started.Task.InTime();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task WorkAsync(ConnectionContext connection, Func<ConnectionContext, Task> work)
    {
        var working = work(connection);
        _started.TrySetResult((connection, working));
        await ((Task)working.ContinueWith(static _ => { }, TaskScheduler.Default)); // the test looks at failures
    }
}
