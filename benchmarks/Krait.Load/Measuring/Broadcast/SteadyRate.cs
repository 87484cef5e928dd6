using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>
/// Messages that are due at fixed times, whether or not the ones before have arrived: the time of one counts from when it
/// was due.
/// </summary>
internal sealed class SteadyRate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Hall _hall;
    private readonly int _rate;
    private readonly long _before; // how many messages each member had
    private readonly int[] _heard; // by how many members each message
    private readonly long _began = Stopwatch.GetTimestamp();

    private SteadyRate(Hall hall, int rate, TimeSpan span)
    {
        _hall = hall;
        _rate = rate;
        _before = hall.Audience.Received / hall.Audience.Count;
        _heard = new int[Math.Max(1, (int)(rate * span.TotalSeconds))];
    }

    /// <summary>How long messages took to each member.</summary>
    public LatencyHistogram Deliveries { get; } = new() { IsOn = true };

    /// <summary>How long messages took to the last member.</summary>
    public LatencyHistogram LastMembers { get; } = new() { IsOn = true };

    /// <summary>How much of what was due has arrived, in percent.</summary>
    public double Arrived => 100.0 * _heard.Sum(heard => (long)heard) / _heard.Length / _hall.Audience.Count;

    /// <summary>Has messages sent for a span of time, and waits for the last of them.</summary>
    public static SteadyRate Run(Hall hall, int rate, TimeSpan span)
    {
        var steady = new SteadyRate(hall, rate, span);
        hall.Audience.Heard = steady.Hear;
        steady.Run();
        hall.Audience.Heard = null;
        return steady;
    }

    private void Run()
    {
        var due = _hall.Audience.Received + ((long)_heard.Length * _hall.Audience.Count);
        var (received, progress) = (0L, 0L);
        for (var sent = 0; _hall.Audience.Received < due; _hall.Audience.Listen(Hall.LongestSleepMilliseconds))
        {
            for (; sent < _heard.Length && DueAt(sent) <= Stopwatch.GetTimestamp(); sent++)
                _hall.Server.Tell($"{Publisher.TickOrder} 1");

            if (sent < _heard.Length || _hall.Audience.Received != received)
                (received, progress) = (_hall.Audience.Received, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(progress) > Patience)
                return; // the rest was lost
        }
    }

    private long DueAt(long number) => _began + (number * Stopwatch.Frequency / _rate);

    private void Hear(long first, int count)
    {
        var now = Stopwatch.GetTimestamp();
        for (var number = first - _before; number < first - _before + count; number++)
        {
            var latency = now - DueAt(number);
            Deliveries.Add(latency, 1);
            if (++_heard[number] == _hall.Audience.Count)
                LastMembers.Add(latency, 1);
        }
    }
}
