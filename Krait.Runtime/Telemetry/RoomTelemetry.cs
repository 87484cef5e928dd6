using System.Diagnostics;

namespace Krait.Telemetry;

/// <summary>Counts the events in the rooms of one type of messages. Never uses the names of rooms. Thread-safe.</summary>
/// <param name="meter">The instruments.</param>
/// <param name="type">The name of the type.</param>
internal sealed class RoomTelemetry(KraitMeter meter, string type)
{
    private readonly KeyValuePair<string, object?> _type = new(TagNames.MessageType, type);

    private readonly string _span = $"send {type}";

    /// <summary>Begins the span of a message that is sent to a room; null without a listener.</summary>
    public Activity? BeginSend()
    {
        if (!KraitMeter.Spans.HasListeners())
            return null;

        var span = KraitMeter.Spans.StartActivity(_span, ActivityKind.Producer);
        span?.SetTag(TagNames.MessageType, type);
        return span;
    }

    /// <summary>A room got its first member on this server.</summary>
    /// <returns>Whether it was counted, so that <see cref="Ended"/> must be called.</returns>
    public bool Began()
    {
        meter.ActiveRooms.Add(1, _type);
        return meter.ActiveRooms.Enabled;
    }

    /// <summary>The last member on this server left a room.</summary>
    public void Ended() => meter.ActiveRooms.Add(-1, _type);

    /// <summary>Returns the time for <see cref="FannedOut"/>; 0 without a listener.</summary>
    public long BeginFanOut() => meter.FanOutDuration.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>All members have got the new messages.</summary>
    public void FannedOut(long since)
    {
        if (since != 0)
            meter.FanOutDuration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, _type);
    }

    /// <summary>A slow member did not get messages.</summary>
    public void Lost(SlowReaderPolicy policy, long count)
    {
        if (count > 0 && meter.LostMessages.Enabled)
            meter.LostMessages.Add(count, _type, new(TagNames.WhenSlow, TagNames.Snake(policy)));
    }

    /// <summary>A client came back.</summary>
    public void Resumed(bool isRecovered) =>
        meter.Resumes.Add(1, _type, new KeyValuePair<string, object?>(TagNames.Recovered, isRecovered));
}
