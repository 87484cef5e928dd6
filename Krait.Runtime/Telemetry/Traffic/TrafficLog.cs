using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Krait.Telemetry.Traffic;

/// <summary>Logs the messages of one connection in their order. Thread-safe; its methods never wait.</summary>
/// <remarks>
/// Rooms send under the output's lock, where no logging provider may run. So another thread writes the lines. If the log is
/// slower than the messages, lines are dropped, and the log says how many.
/// </remarks>
internal sealed partial class TrafficLog(ILogger logger, string connectionId)
{
    private const int MostWaiting = 1000;

    private readonly ConcurrentQueue<(int MissingBefore, bool IsReceived, TrafficLine Line)> _lines = new();
    private int _waiting;
    private int _dropped; // since the last line that waits

    public void Received(TrafficLine line) => Add(isReceived: true, line);

    public void Sent(TrafficLine line) => Add(isReceived: false, line);

    private void Add(bool isReceived, TrafficLine line)
    {
        if (Volatile.Read(ref _waiting) >= MostWaiting)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        _lines.Enqueue((Interlocked.Exchange(ref _dropped, 0), isReceived, line));
        if (Interlocked.Increment(ref _waiting) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(static log => log.WriteAll(), this, preferLocal: false);
    }

    private void WriteAll()
    {
        do
        {
            if (_lines.TryDequeue(out var next))
            {
                WriteMissing(next.MissingBefore);
                Write(next.IsReceived, next.Line);
            }

            if (Volatile.Read(ref _waiting) == 1)
                WriteMissing(Interlocked.Exchange(ref _dropped, 0)); // perhaps no line follows
        }
        while (Interlocked.Decrement(ref _waiting) > 0);
    }

    private void WriteMissing(int count)
    {
        if (count > 0)
            Dropped(logger, connectionId, count);
    }

    private void Write(bool isReceived, TrafficLine line)
    {
        if (isReceived)
            Received(logger, connectionId, line.Type, line.Size, line.Payload);
        else
            Sent(logger, connectionId, line.Type, line.Size, line.Payload);
    }

    [LoggerMessage(330, LogLevel.Trace, "Connection {ConnectionId} received {Type}, {Size} bytes: {Payload}")]
    private static partial void Received(ILogger logger, string connectionId, string type, int size, string payload);

    [LoggerMessage(331, LogLevel.Trace, "Connection {ConnectionId} sent {Type}, {Size} bytes: {Payload}")]
    private static partial void Sent(ILogger logger, string connectionId, string type, int size, string payload);

    [LoggerMessage(332, LogLevel.Trace,
        "Connection {ConnectionId}: {Count} messages are missing here, because the log is slower than the messages.")]
    private static partial void Dropped(ILogger logger, string connectionId, int count);
}
