using System.Diagnostics.Metrics;

namespace Krait.Load.Serving;

/// <summary>
/// Listens to all instruments of Krait and adds up what they measure, for each set of tags, as OpenTelemetry does.
/// </summary>
internal static class Aggregation
{
    private static MeterListener? s_listener; // kept, or it would be collected

    public static void Begin()
    {
        s_listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Krait")
                    listener.EnableMeasurementEvents(instrument, new Stream(IsHistogram(instrument)));
            },
        };
        s_listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((Stream)state!).Add(value, tags));
        s_listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((Stream)state!).Add(value, tags));
        s_listener.Start();
    }

    private static bool IsHistogram(Instrument instrument) => instrument is Histogram<long> or Histogram<double>;

    private sealed class Stream(bool isHistogram)
    {
        private readonly TagSets _sets = new();

        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _sets.Find(tags).Add(value, isHistogram);
    }
}
