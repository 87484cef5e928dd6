using System.Diagnostics;

namespace Krait.Load.Serving;

/// <summary>Listens to the spans of Krait and samples one percent of them, by the ids of their traces.</summary>
internal static class Sampling
{
    private const uint Share = uint.MaxValue / 100;

    private static long s_ended;
    private static ActivityListener? s_listener;

    /// <summary>How many sampled spans have ended.</summary>
    public static long Ended => Volatile.Read(ref s_ended);

    /// <summary>Begins to listen.</summary>
    /// <param name="others">
    /// The result for the other spans: none, or one that only passes the context on, as OpenTelemetry asks for at the root of
    /// a trace.
    /// </param>
    public static void Begin(ActivitySamplingResult others)
    {
        s_listener = new()
        {
            ShouldListenTo = static source => source.Name == "Krait",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                IsSampled(options.TraceId) ? ActivitySamplingResult.AllDataAndRecorded : others,
            ActivityStopped = static span => _ = span.Recorded ? Interlocked.Increment(ref s_ended) : 0,
        };
        ActivitySource.AddActivityListener(s_listener);
    }

    private static bool IsSampled(ActivityTraceId trace)
    {
        Span<byte> id = stackalloc byte[16];
        trace.CopyTo(id);
        return BitConverter.ToUInt32(id) < Share;
    }
}
