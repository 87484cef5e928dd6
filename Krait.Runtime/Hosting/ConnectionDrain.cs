using Krait.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Krait.Hosting;

/// <summary>
/// Ends the connections when the host stops, and holds the host's shutdown until they have ended, so that their close frames get
/// out and [OnClose] still has its services.
/// </summary>
/// <remarks>
/// The host calls <see cref="StoppingAsync"/> while Kestrel still listens, so that a server that drains answers upgrades and
/// health checks. Kestrel stops before <see cref="StopAsync"/>, and itself waits for the requests that became connections.
/// Servers that do not, such as TestServer, are waited for here; <see cref="HostOptions.ShutdownTimeout"/> bounds all of it.
/// </remarks>
internal sealed partial class ConnectionDrain(
    ConnectionRegistry connections,
    IOptions<KraitOptions> options,
    IOptions<HostOptions> host,
    TimeProvider time,
    ILogger<ConnectionDrain> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (krait, shutdown) = (options.Value, host.Value.ShutdownTimeout);
        var longest = krait.DrainPeriod + krait.StopTimeout + krait.CloseTimeout;
        if (shutdown != Timeout.InfiniteTimeSpan && longest > shutdown)
            ShutdownTooShort(logger, krait.DrainPeriod, krait.StopTimeout, krait.CloseTimeout, longest, shutdown);

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Drains the connections, if there is a period for it.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var period = options.Value.DrainPeriod;
        if (period == TimeSpan.Zero)
            return;

        var drained = connections.BeginDrain();
        Draining(logger, drained.Length, period);
        using var schedule = new DrainSchedule(drained, connections.Drain, period, time);
        var ended = connections.WhenEmptyAsync(cancellationToken);
        if (!await ended.CompletesWithinAsync(period, time).ConfigureAwait(false))
            schedule.Finish(); // its last tick may be late
        else if (!ended.IsCanceled)
            return;

        connections.StopAll();
    }

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

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(200, LogLevel.Warning,
        "{Count} WebSocket connections had not ended when HostOptions.ShutdownTimeout ran out. "
        + "KraitOptions.DrainPeriod, StopTimeout and CloseTimeout together should be shorter.")]
    private static partial void NotEnded(ILogger logger, int count);

    [LoggerMessage(201, LogLevel.Warning,
        "KraitOptions.DrainPeriod ({DrainPeriod}), StopTimeout ({StopTimeout}) and CloseTimeout ({CloseTimeout}) together are "
        + "{Longest}, but the host stops after HostOptions.ShutdownTimeout ({ShutdownTimeout}) and cuts off the connections that "
        + "are left. Shorten them, or set HostOptions.ShutdownTimeout to more than {Longest}.")]
    private static partial void ShutdownTooShort(
        ILogger logger,
        TimeSpan drainPeriod,
        TimeSpan stopTimeout,
        TimeSpan closeTimeout,
        TimeSpan longest,
        TimeSpan shutdownTimeout);

    [LoggerMessage(202, LogLevel.Information, "Draining {Count} WebSocket connections over {DrainPeriod}.")]
    private static partial void Draining(ILogger logger, int count, TimeSpan drainPeriod);
}
