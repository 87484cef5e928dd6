using System.Diagnostics.Tracing;

namespace Krait.Runtime.Tests.Stress;

/// <summary>Counts what the process has rented from array pools and not returned.</summary>
internal sealed class PoolBalance : EventListener
{
    private const string Source = "System.Buffers.ArrayPoolEventSource";
    private const int Rented = 1;
    private const int Returned = 3;

    private long _outstanding;

    public long Outstanding => Interlocked.Read(ref _outstanding);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
            EnableEvents(eventSource, EventLevel.Verbose);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == Rented)
            Interlocked.Increment(ref _outstanding);
        else if (eventData.EventId == Returned)
            Interlocked.Decrement(ref _outstanding);
    }
}
