using Krait.Sockets.Connections;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets.Loops;

/// <summary>The log of the loops. Never throws: an exception on their threads would end the process. Thread-safe.</summary>
internal sealed partial class LoopLog(ILogger logger)
{
    /// <summary>A connection holds up its loop.</summary>
    public void Held(EpollLoop loop, SocketConnection connection, TimeSpan time) => Write(() =>
        Held(logger, loop.Name, connection.ConnectionId, connection.Route, (int)time.TotalMilliseconds));

    /// <summary>Code that uses a connection has thrown.</summary>
    public void Fault(SocketConnection connection, Exception exception) => Write(() =>
        Fault(logger, connection.ConnectionId, connection.Route, exception));

    private static void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception)
        {
            // A logging provider has failed, and there is no other log to tell.
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "{Loop} is held up for {Milliseconds} ms by connection {ConnectionId} ({Route}), whose code blocks or computes. The "
            + "other connections of the loop go on on a new thread. Await instead of blocking, or do not use Krait.Sockets.")]
    private static partial void Held(ILogger logger, string loop, string connectionId, string? route, int milliseconds);

    [LoggerMessage(
        2,
        LogLevel.Error,
        "A callback of connection {ConnectionId} ({Route}) failed; Krait.Sockets ends the connection.")]
    private static partial void Fault(ILogger logger, string connectionId, string? route, Exception exception);
}
