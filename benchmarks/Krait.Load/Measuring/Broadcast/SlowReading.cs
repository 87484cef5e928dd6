using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>Has quotes sent to one client, which takes fewer.</summary>
/// <param name="server">Who sends them.</param>
/// <param name="dialogue">How the client takes its seat.</param>
/// <param name="rate">How many are sent per second.</param>
internal sealed class SlowReading(ServerProcess server, Dialogue dialogue, int rate) : IDisposable
{
    public const int TakenPerSecond = 2000;

    private readonly QuoteReader _reader = new(server.Port, dialogue);
    private readonly Dictionary<string, int> _latest = []; // quote of each symbol
    private LatencyHistogram _staleness = new();
    private int _taken;

    /// <summary>Whether the server has ended the connection.</summary>
    public bool HasEnded => _reader.HasEnded;

    /// <summary>Lets quotes come and be taken, each at its rate.</summary>
    /// <returns>
    /// How long that lasted: shorter if the server ends the connection. How many were taken, and how old they were then.
    /// </returns>
    public (double Seconds, int Taken, LatencyHistogram Staleness) Run(TimeSpan span)
    {
        var (began, elapsed, ordered) = (Stopwatch.GetTimestamp(), 0.0, 0);
        _taken = 0;
        _staleness = new() { IsOn = true };
        while (elapsed < span.TotalSeconds && !_reader.HasEnded)
        {
            elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if ((int)(elapsed * rate) - ordered is > 0 and var due)
            {
                server.Tell($"{Publisher.QuoteOrder} {due}");
                ordered += due;
            }

            TakeUpTo((int)(elapsed * TakenPerSecond));
            Thread.Sleep(1);
        }

        return (elapsed, _taken, _staleness);
    }

    /// <summary>Takes what is left, as fast as it comes.</summary>
    /// <param name="patience">When nothing comes for so long, nothing more will.</param>
    /// <returns>Of how many symbols the last quote has arrived.</returns>
    public int TakeRest(TimeSpan patience)
    {
        var progress = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(progress) < patience && CountLast() < Quote.Symbols)
        {
            var before = _taken;
            TakeUpTo(int.MaxValue);
            if (_taken > before)
                progress = Stopwatch.GetTimestamp();
            else
                Thread.Sleep(1);
        }

        return CountLast();
    }

    public void Dispose() => _reader.Dispose();

    private void TakeUpTo(int count)
    {
        while (_taken < count && _reader.TryTake(out var quote))
        {
            _staleness.Add(Stopwatch.GetTimestamp() - quote.At, 1);
            _latest[quote.Symbol] = quote.Number;
            _taken++;
        }
    }

    private int CountLast()
    {
        var published = server.Ask(Publisher.Published);
        return _latest.Values.Count(number => number >= published - Quote.Symbols);
    }
}
