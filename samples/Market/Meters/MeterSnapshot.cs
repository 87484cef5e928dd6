namespace Market.Meters;

/// <summary>The meters over one interval, for the page.</summary>
/// <param name="At">The end of the interval.</param>
/// <param name="Connections">How many connections are open.</param>
/// <param name="Received">Messages a second that clients sent.</param>
/// <param name="Sent">Messages a second that the server sent.</param>
/// <param name="HandlerP50">
/// The longest time of the faster half of the handled messages, in seconds; null if there was none.
/// </param>
/// <param name="HandlerP99">
/// The longest time of the fastest 99 % of the handled messages, in seconds; null if there was none.
/// </param>
/// <param name="Lost">Messages a second that slow clients did not get, including those that newer ones replaced.</param>
/// <param name="Refused">Requests a second that did not become connections.</param>
/// <param name="Cpu">How busy the processors were with this program, from 0 to 1.</param>
/// <param name="Memory">The working set, in bytes.</param>
/// <param name="Closes">How many connections ended since the start, by cause.</param>
/// <param name="Refusals">How many requests were refused since the start, by reason.</param>
public sealed record MeterSnapshot(
    DateTime At,
    long Connections,
    double Received,
    double Sent,
    double? HandlerP50,
    double? HandlerP99,
    double Lost,
    double Refused,
    double Cpu,
    long Memory,
    IReadOnlyDictionary<string, long> Closes,
    IReadOnlyDictionary<string, long> Refusals);
