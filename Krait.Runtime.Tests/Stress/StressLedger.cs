using System.Collections.Concurrent;

namespace Krait.Runtime.Tests.Stress;

/// <summary>What the server did with each connection, by the id in its path. Thread-safe.</summary>
internal sealed class StressLedger
{
    private readonly ConcurrentDictionary<string, StressEntry> _entries = new();
    private int _scopesMade;
    private int _scopesDisposed;

    public IEnumerable<StressEntry> Entries => _entries.Values;

    public int ScopesLeft => Volatile.Read(ref _scopesMade) - Volatile.Read(ref _scopesDisposed);

    public StressEntry Of(string id) => _entries.GetOrAdd(id, static _ => new());

    public void ScopeMade() => Interlocked.Increment(ref _scopesMade);

    public void ScopeDisposed() => Interlocked.Increment(ref _scopesDisposed);
}

/// <summary>What the server did with one connection. One handler at a time writes it.</summary>
internal sealed class StressEntry
{
    public List<string> Handled { get; } = [];

    public ConcurrentQueue<CloseInfo> Closes { get; } = new();

    public int Disposals { get; set; }

    public Task? Completion { get; set; }
}

/// <summary>A scoped service, which its scope must dispose.</summary>
internal sealed class StressScope : IDisposable
{
    private readonly StressLedger _ledger;

    public StressScope(StressLedger ledger)
    {
        _ledger = ledger;
        ledger.ScopeMade();
    }

    public void Dispose() => _ledger.ScopeDisposed();
}
