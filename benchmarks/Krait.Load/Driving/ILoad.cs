namespace Krait.Load.Driving;

/// <summary>A closed loop of clients against one server, which rests between its turns.</summary>
internal interface ILoad : IDisposable
{
    /// <summary>How many answers came.</summary>
    long Answers { get; }

    /// <summary>How long they took; null if that is not measured.</summary>
    LatencyHistogram? Latency { get; }

    /// <summary>Keeps the messages in flight for so long, and leaves them there.</summary>
    void Run(TimeSpan span);

    /// <summary>Sends nothing new, and lets the answers come that are still due.</summary>
    /// <exception cref="TimeoutException">They do not come.</exception>
    void Rest();
}
