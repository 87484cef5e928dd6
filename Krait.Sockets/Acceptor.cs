using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets;

/// <summary>Accepts sockets until the listener is closed.</summary>
/// <remarks>
/// If the process has no descriptor left, the client stays in the backlog, and accepting fails at once each time. So the acceptor
/// waits before it tries again; otherwise it would keep a core busy.
/// </remarks>
/// <param name="accept">Accepts one socket.</param>
/// <param name="time">Measures the pause.</param>
/// <param name="logger">Gets a warning for each shortage.</param>
internal sealed partial class Acceptor(Func<CancellationToken, ValueTask<Socket>> accept, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private bool _isShort;

    /// <summary>Waits for the next socket; null if the listener is closed.</summary>
    public async ValueTask<Socket?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var socket = await accept(cancellationToken).ConfigureAwait(false);
                _isShort = false;
                return socket;
            }
            catch (Exception e) when (
                e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException e) when (
                e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                await PauseAsync(e, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // The client has gone before it was accepted.
            }
        }
    }

    private Task PauseAsync(SocketException shortage, CancellationToken cancellationToken)
    {
        if (!_isShort)
            LogShortage(logger, shortage.Message);

        _isShort = true;
        return Task.Delay(s_pause, time, cancellationToken);
    }

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "Krait.Sockets cannot accept connections: {Error}. It tries again every 100 ms. Raise the limit of open files, "
            + "ulimit -n.")]
    private static partial void LogShortage(ILogger logger, string error);
}
