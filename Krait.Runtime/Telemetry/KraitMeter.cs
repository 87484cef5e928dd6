using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Krait.Telemetry;

/// <summary>The instruments of Krait, in the meter "Krait", and the source of its spans. Thread-safe.</summary>
/// <remarks>
/// Names follow those of SignalR and the conventions of OpenTelemetry. Every value of a tag comes from a closed set that the
/// server knows: a client cannot make new ones. Without a listener, an instrument costs one look.
/// </remarks>
internal sealed class KraitMeter(Meter meter) : IDisposable
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Name = "Krait";

    /// <summary>Makes spans.</summary>
    public static readonly ActivitySource Spans = new(Name);

    /// <summary>In seconds; a connection may last a day.</summary>
    private static readonly double[] s_connectionBuckets =
        [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 14400, 86400];

    /// <summary>In seconds.</summary>
    private static readonly double[] s_callBuckets =
        [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>In bytes.</summary>
    private static readonly long[] s_sizeBuckets = [16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576];

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">The application's meters; null if it has none.</param>
    public KraitMeter(IMeterFactory? meters = null)
        : this(meters?.Create(new MeterOptions(Name)) ?? new(Name))
    {
    }

    public UpDownCounter<long> ActiveConnections { get; } = meter.CreateUpDownCounter<long>(
        "krait.server.active_connections", "{connection}", "The number of open connections.");

    public Histogram<double> ConnectionDuration { get; } = Seconds(
        meter, "krait.server.connection.duration", "How long connections were open.", s_connectionBuckets);

    public Counter<long> RefusedUpgrades { get; } = meter.CreateCounter<long>(
        "krait.server.upgrades.refused", "{request}", "The number of requests that did not become connections.");

    public Counter<long> Messages { get; } = meter.CreateCounter<long>(
        "krait.server.messages", "{message}", "The number of messages that were received or sent.");

    public Histogram<long> MessageSize { get; } = meter.CreateHistogram(
        "krait.server.message.size",
        "By",
        "The size of messages, without the headers of frames and before compression.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = s_sizeBuckets });

    public Histogram<double> MessageDuration { get; } = Seconds(
        meter, "krait.server.message.duration", "How long handlers worked on a received message.", s_callBuckets);

    public Counter<long> LimitedMessages { get; } = meter.CreateCounter<long>(
        "krait.server.messages.limited", "{message}", "The number of messages that were over a [RateLimit].");

    public Counter<long> LostMessages { get; } = meter.CreateCounter<long>(
        "krait.server.messages.lost", "{message}", "The number of messages of rooms that slow clients did not get.");

    public Histogram<double> SendWaiting { get; } = Seconds(
        meter, "krait.server.send.waiting", "How long sends waited for room in the buffer of a connection.", s_callBuckets);

    public UpDownCounter<long> ActiveRooms { get; } = meter.CreateUpDownCounter<long>(
        "krait.rooms.active", "{room}", "The number of rooms with members on this server.");

    public Histogram<double> FanOutDuration { get; } = Seconds(
        meter, "krait.room.fan_out.duration", "How long it took to give new messages to all members of a room.", s_callBuckets);

    public Histogram<double> BackplaneLag { get; } = Seconds(
        meter, "krait.backplane.lag", "How long a heartbeat of this server took to come back to it.", s_callBuckets);

    public Counter<long> BackplaneGaps { get; } = meter.CreateCounter<long>(
        "krait.backplane.gaps", "{gap}", "How often messages of other servers were missing.");

    public Counter<long> BackplaneFailures { get; } = meter.CreateCounter<long>(
        "krait.backplane.messages.failed",
        "{message}",
        "The number of messages that could not be sent to the other servers, or not be read.");

    public Counter<long> BackplaneReconnects { get; } = meter.CreateCounter<long>(
        "krait.backplane.reconnects", "{reconnect}", "How often the connection to the other servers was restored.");

    public Counter<long> Resumes { get; } = meter.CreateCounter<long>(
        "krait.resume", "{client}", "The number of clients that came back to a room.");

    public void Dispose() => meter.Dispose();

    private static Histogram<double> Seconds(Meter meter, string name, string description, double[] buckets) =>
        meter.CreateHistogram(
            name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });
}
