namespace Krait.Load.Measuring;

/// <summary>What messages carry.</summary>
internal enum MessageKind
{
    Binary,
    Text,
    Json,
}

/// <summary>A closed loop: every connection keeps so many messages in flight and sends the next one when an answer comes.</summary>
internal sealed record Workload(MessageKind Kind, int Size, int Connections, int InFlight)
{
    /// <summary>The workloads that docs/performance.md shows.</summary>
    public static IReadOnlyList<(string Name, Workload Workload)> Named { get; } =
    [
        ("echo16", new(MessageKind.Binary, 32, 64, 16)),
        ("echo1", new(MessageKind.Binary, 32, 64, 1)),
        ("text16", new(MessageKind.Text, 32, 64, 16)),
        ("json16", new(MessageKind.Json, 0, 64, 16)),
        ("json1", new(MessageKind.Json, 0, 64, 1)),
        ("4k", new(MessageKind.Binary, 4 * 1024, 64, 4)),
        ("1m", new(MessageKind.Binary, 1024 * 1024, 8, 1)),
    ];

    public override string ToString()
    {
        var size = Kind == MessageKind.Json ? "" : Size >= 1024 * 1024 ? $" {Size >> 20} MiB" : Size >= 1024 ? $" {Size >> 10} KiB" : $" {Size} B";
        return $"{Kind}{size}, {Connections} connections x {InFlight} in flight";
    }
}
