namespace Krait.Sockets.Loops;

/// <summary>
/// Watches the loops from a separate thread. If a connection holds up its loop, the other connections go on on another thread.
/// </summary>
internal sealed class LoopWatchdog : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(50);

    // A loop is held up if it is at the same work for so many looks.
    private const int Patience = 5;

    private readonly EpollLoop[] _loops;
    private readonly LoopLog _log;
    private readonly (long Work, int Looks)[] _seen;
    private readonly ManualResetEventSlim _end = new();

    public LoopWatchdog(EpollLoop[] loops, LoopLog log)
    {
        (_loops, _log, _seen) = (loops, log, new (long, int)[loops.Length]);
        new Thread(Watch) { IsBackground = true, Name = "Krait loop watchdog" }.UnsafeStart();
    }

    public void Dispose() => _end.Set();

    private void Watch()
    {
        while (!_end.Wait(s_period))
        {
            for (var i = 0; i < _loops.Length; i++)
                Look(_loops[i], ref _seen[i]);
        }
    }

    private void Look(EpollLoop loop, ref (long Work, int Looks) seen)
    {
        var (connection, work) = loop.Work;
        if (connection is null || seen.Work != work)
        {
            seen = (work, 0);
            return;
        }

        if (++seen.Looks < Patience || !loop.Replace(work))
            return;

        seen.Looks = 0;
        _log.Held(loop, connection, s_period * Patience);
        connection.SendDue(); // the bytes that it flushed before it began to block
    }
}
