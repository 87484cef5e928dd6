using Krait.Load.Measuring;

namespace Krait.Load.Driving;

/// <summary>The closed loop of one workload against one server, over TLS.</summary>
/// <remarks>It may be slower than the server: then the server's processor time per message is the figure that counts.</remarks>
internal sealed class SecureLoad : ILoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<SecureConnection> _connections;
    private readonly int _inFlight;
    private Task[] _flows = [];
    private long _answers;
    private volatile bool _isResting = true;

    /// <summary>Connects.</summary>
    public SecureLoad(int port, Dialogue dialogue, Workload workload)
    {
        _inFlight = workload.InFlight;
        _connections = [.. Enumerable.Range(0, workload.Connections).Select(_ => new SecureConnection(port, dialogue))];
    }

    public long Answers => Interlocked.Read(ref _answers);

    public LatencyHistogram? Latency => null;

    /// <exception cref="AggregateException">A connection has ended.</exception>
    public void Run(TimeSpan span)
    {
        if (_isResting)
        {
            _isResting = false;
            _flows = [.. _connections.Select(connection => Task.Run(() => connection.FlowAsync(_inFlight, Answered)))];
        }

        // None ends before it is to rest, except by a fault.
        if (Task.WaitAny(_flows, span) is >= 0 and var ended)
            _flows[ended].Wait();
    }

    public void Rest()
    {
        _isResting = true;
        if (!Task.WaitAll(_flows, Patience))
            throw new TimeoutException("The server does not answer.");
    }

    public void Dispose() => _connections.ForEach(static connection => connection.Dispose());

    private bool Answered(int answers)
    {
        Interlocked.Add(ref _answers, answers);
        return !_isResting;
    }
}
