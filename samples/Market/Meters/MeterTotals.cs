namespace Market.Meters;

/// <summary>Adds up the values of instruments, and makes a snapshot of each interval. Thread-safe.</summary>
/// <param name="start">The start of the first interval.</param>
public sealed class MeterTotals(DateTime start)
{
    private readonly Lock gate = new();
    private readonly DurationBuckets handled = new();
    private readonly SortedDictionary<string, long> closes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> cpu = new(StringComparer.Ordinal); // in seconds since the start, by mode
    private DateTime since = start;
    private double cpuBefore;
    private double received, sent, lost, refused; // of this interval
    private long connections, memory;

    /// <summary>Takes a value of an instrument of Krait or of the runtime. Ignores other instruments.</summary>
    public void Record(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (gate)
        {
            switch (instrument)
            {
                case "krait.server.active_connections": connections += (long)value; break;
                case "krait.server.messages" when Tag(tags, "network.io.direction") == "receive": received += value; break;
                case "krait.server.messages": sent += value; break;
                case "krait.server.message.duration": handled.Add(value); break;
                case "krait.server.messages.lost": lost += value; break;
                case "krait.server.connection.duration": Count(closes, Tag(tags, "krait.close.cause")); break;
                case "krait.server.upgrades.refused": refused += value; Count(refusals, Tag(tags, "krait.refusal")); break;
                case "dotnet.process.cpu.time": cpu[Tag(tags, "cpu.mode")] = value; break;
                case "dotnet.process.memory.working_set": memory = (long)value; break;
            }
        }
    }

    /// <summary>Ends the interval, and begins the next.</summary>
    public MeterSnapshot TakeSnapshot(DateTime now)
    {
        lock (gate)
        {
            var seconds = Math.Max((now - since).TotalSeconds, 0.001);
            var cpuNow = cpu.Values.Sum();
            var snapshot = new MeterSnapshot(
                now,
                connections,
                received / seconds,
                sent / seconds,
                handled.Quantile(0.5),
                handled.Quantile(0.99),
                lost / seconds,
                refused / seconds,
                cpuBefore == 0 ? 0 : (cpuNow - cpuBefore) / seconds / Environment.ProcessorCount, // else the whole start
                memory,
                new Dictionary<string, long>(closes),
                new Dictionary<string, long>(refusals));
            (since, cpuBefore) = (now, cpuNow);
            received = sent = lost = refused = 0;
            handled.Clear();
            return snapshot;
        }
    }

    private static void Count(SortedDictionary<string, long> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
                return value as string ?? "";
        }

        return "";
    }
}
