using System.Collections.Concurrent;

namespace Telemetry;

/// <summary>The last reading of every device. Thread-safe.</summary>
public sealed class Readings
{
    private readonly ConcurrentDictionary<string, Reading> latest = new(StringComparer.Ordinal);

    /// <summary>The last reading of each device.</summary>
    public IReadOnlyDictionary<string, Reading> Latest => latest;

    /// <summary>
    /// Keeps a reading, unless a newer one is known: a device that connects again repeats the readings that were not
    /// acknowledged.
    /// </summary>
    /// <returns>The number of the last reading that has arrived.</returns>
    public ulong Keep(string device, Reading reading) =>
        latest.AddOrUpdate(device, reading, (_, known) => known.Number < reading.Number ? reading : known).Number;
}
