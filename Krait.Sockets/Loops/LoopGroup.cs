using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets.Loops;

/// <summary>The loops of a server. Thread-safe.</summary>
internal sealed class LoopGroup : IDisposable
{
    private readonly EpollLoop[] _loops;
    private readonly LoopWatchdog _watchdog;
    private uint _next;

    public LoopGroup(int count, ILogger logger)
    {
        var log = new LoopLog(logger);
        _loops = new EpollLoop[count];
        for (var i = 0; i < count; i++)
            _loops[i] = new(string.Create(CultureInfo.InvariantCulture, $"Krait loop {i}"), log);

        _watchdog = new(_loops, log);
    }

    /// <summary>The loop of the next connection: each in turn.</summary>
    public EpollLoop Next() => _loops[Interlocked.Increment(ref _next) % (uint)_loops.Length];

    public void Dispose()
    {
        _watchdog.Dispose();
        foreach (var loop in _loops)
            loop.Dispose();
    }
}
