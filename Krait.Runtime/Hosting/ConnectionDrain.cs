using Krait.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Krait.Hosting;

/// <summary>
/// Holds the host's shutdown until the connections have ended, so that their close frames get out and [OnClose] still has its
/// services.
/// </summary>
/// <remarks>
/// Kestrel stops before this, and itself waits for the requests that became connections. Servers that do not, such as TestServer,
/// are waited for here; <see cref="HostOptions.ShutdownTimeout"/> bounds both.
/// </remarks>
internal sealed partial class ConnectionDrain(ConnectionRegistry connections, ILogger<ConnectionDrain> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        connections.StopAll();
        try
        {
            await connections.WhenEmptyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            NotEnded(logger, connections.Count);
        }
    }

    [LoggerMessage(200, LogLevel.Warning,
        "{Count} WebSocket connections had not ended when HostOptions.ShutdownTimeout ran out. "
        + "KraitOptions.StopTimeout and CloseTimeout together should be shorter.")]
    private static partial void NotEnded(ILogger logger, int count);
}
