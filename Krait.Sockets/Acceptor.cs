using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets;

/// <summary>Accepts sockets until the listener is closed.</summary>
/// <remarks>
/// If the process has no descriptor left, for example, the client stays in the backlog, and accepting fails at once each time.
/// So the acceptor waits before it tries again; otherwise it would keep a core busy.
/// </remarks>
/// <param name="accept">Accepts one socket.</param>
/// <param name="time">Measures the pause.</param>
/// <param name="logger">Gets a warning, at most once a minute.</param>
internal sealed partial class Acceptor(Func<CancellationToken, ValueTask<Socket>> accept, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(1);

    private long? _logged; // when the last warning was logged, as a timestamp

    /// <summary>Waits for the next socket; null if the listener is closed.</summary>
    public async ValueTask<Socket?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await accept(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (
                e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException e) when (
                e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // The client has gone before it was accepted.
            }
            catch (SocketException e)
            {
                await PauseAsync(e, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task PauseAsync(SocketException failure, CancellationToken cancellationToken)
    {
        if (_logged is not { } logged || time.GetElapsedTime(logged) >= s_silence)
        {
            _logged = time.GetTimestamp();
            LogFailure(logger, failure.Message);
        }

        return Task.Delay(s_pause, time, cancellationToken);
    }

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "Krait.Sockets cannot accept connections: {Error}. It tries again every 100 ms. If too many files are open, raise their "
            + "limit (ulimit -n).")]
    private static partial void LogFailure(ILogger logger, string error);
}
