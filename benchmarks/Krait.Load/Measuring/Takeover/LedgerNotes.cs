using System.Diagnostics;
using System.Net;

namespace Krait.Load.Measuring;

/// <summary>What one client has seen.</summary>
internal sealed class LedgerNotes
{
    /// <summary>The status of a connection that ended without a close frame.</summary>
    public const int Broken = 1006;

    private readonly Dictionary<long, int> _entries = [];
    private readonly HashSet<long> _acknowledged = [];
    private readonly List<int> _closes = [];
    private readonly List<int> _refusals = [];
    private long _heard;

    /// <summary>The numbers that the server has acknowledged.</summary>
    public IReadOnlySet<long> Acknowledged => _acknowledged;

    /// <summary>The statuses with which connections ended.</summary>
    public IReadOnlyList<int> Closes => _closes;

    /// <summary>The statuses of HTTP with which upgrades were refused; 0 for none.</summary>
    public IReadOnlyList<int> Refusals => _refusals;

    /// <summary>The longest time without anything from the server, since the client was let in.</summary>
    public TimeSpan LongestSilence { get; private set; }

    /// <summary>How often the client came back.</summary>
    public int Returns { get; private set; }

    /// <summary>How often the client came back and the server could not say what it had missed.</summary>
    public int Unrecovered { get; private set; }

    /// <summary>How many numbers came more than once.</summary>
    public int Repeated => _entries.Values.Count(static times => times > 1);

    /// <summary>How often a number came.</summary>
    public int CountOf(long number) => _entries.GetValueOrDefault(number);

    public void Hear()
    {
        var now = Stopwatch.GetTimestamp();
        if (_heard != 0 && Stopwatch.GetElapsedTime(_heard, now) is var silence && silence > LongestSilence)
            LongestSilence = silence;

        _heard = now;
    }

    public void AddOpen(bool isBack, bool isRecovered)
    {
        Returns += isBack ? 1 : 0;
        Unrecovered += isBack && !isRecovered ? 1 : 0;
    }

    public void AddEntry(long number) => _entries[number] = CountOf(number) + 1;

    public void AddAcknowledged(long number) => _acknowledged.Add(number);

    public void AddClose(int status) => _closes.Add(status);

    public void AddRefusal(HttpStatusCode status) => _refusals.Add((int)status);
}
