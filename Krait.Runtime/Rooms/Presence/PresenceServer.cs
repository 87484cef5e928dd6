using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Krait.Rooms;

/// <summary>Renews this server's lease for the lists of members, and watches the leases of other servers. Thread-safe.</summary>
/// <remarks>
/// <para>
/// A server that does not renew its lease is dead: the others remove its members. If it was only cut off or frozen, it finds out
/// at the next renewal, takes a new id and writes its members again. So it does no harm if another server removes the entries of
/// the old id late.
/// </para>
/// <para>
/// An engine that has just come back may have lost entries and leases, and the servers write them again within seconds. Until
/// then, a missing entry or lease does not mean that a member or a server is gone.
/// </para>
/// </remarks>
internal sealed class PresenceServer : IAsyncDisposable, IDisposable
{
    /// <summary>How long a server counts as alive after the last renewal.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);

    /// <summary>How often a server renews its lease and looks at those of others.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2.5);

    /// <summary>How long the other servers may take to write their entries again.</summary>
    private static readonly TimeSpan RepairTime = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan BetweenRewrites = TimeSpan.FromHours(1);
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<ISharedRoster, bool> _rosters = new();
    private readonly ConcurrentDictionary<string, bool> _ids = new(StringComparer.Ordinal); // this server's, with former ones
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _leased = NewSource();
    private volatile string _id = NewId();
    private Task _running = Task.CompletedTask;
    private long _repairing; // since when, as a timestamp
    private long _rewritten;
    private bool _isRepairing;
    private bool _isRunning;
    private bool _isEnded; // the lease, so that a new id is needed
    private volatile bool _rewrites;
    private volatile TaskCompletionSource _woken = NewSource();

    public PresenceServer(BackplaneHub hub)
    {
        Hub = hub;
        _ids[_id] = true;
    }

    public BackplaneHub Hub { get; }

    public IPresenceStore Store => (IPresenceStore)Hub.Engine;

    /// <summary>Completes when this server has a lease. Nothing may be written before.</summary>
    public Task Leased => _leased.Task;

    /// <summary>Fires when nothing is written any more.</summary>
    public CancellationToken Disposing => _disposing.Token;

    /// <summary>The id under which this server writes entries at present.</summary>
    public string Id => _id;

    /// <summary>Whether an id is or was this server's.</summary>
    public bool IsMine(string id) => _ids.ContainsKey(id);

    /// <summary>Throws if rooms reach over several servers, and the engine cannot store their members.</summary>
    /// <exception cref="InvalidOperationException">The engine does not implement <see cref="IPresenceStore"/>.</exception>
    public void DemandStore()
    {
        if (Hub.IsOn && Hub.Engine is not IPresenceStore)
            throw new InvalidOperationException(
                $"A room lists members, and the backplane '{Hub.Engine.GetType()}' cannot store them for other servers: "
                + "implement IPresenceStore in it, or take IRoom<TSend> instead of IRoom<TSend, TMember>.");
    }

    /// <summary>Begins to watch over a roster.</summary>
    public void Add(ISharedRoster roster)
    {
        _rosters[roster] = true;
        lock (_lock)
        {
            if (_isRunning || _disposing.IsCancellationRequested)
                return;

            _isRunning = true;
            _rewritten = Hub.Time.GetTimestamp();
            _running = BackplaneHub.RunWithoutContext(RunAsync);
        }
    }

    public void Remove(ISharedRoster roster) => _rosters.TryRemove(roster, out _);

    /// <summary>
    /// The engine was away, and may have lost something: this server writes its members again, under a lease that is valid.
    /// </summary>
    public void Reconnected()
    {
        ExpectRepairs();
        _rewrites = true;
        _woken.TrySetResult();
    }

    /// <summary>Completes when what the engine has is complete again.</summary>
    public async Task WhenRepairedAsync(CancellationToken cancellationToken)
    {
        while (RestOfRepairs() is { Ticks: > 0 } rest)
            await Task.Delay(rest, Hub.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the entries of a channel without those of servers that are dead, and removes the latter.</summary>
    public async ValueTask<PresenceList> ListAsync(RoomChannel channel, CancellationToken cancellationToken)
    {
        var isComplete = RestOfRepairs() <= TimeSpan.Zero;
        var entries = await Store.ListAsync(channel, cancellationToken).ConfigureAwait(false);
        var servers = entries.Select(static entry => entry.Server).Where(server => !IsMine(server)).Distinct().ToList();
        var own = Leased.IsCompleted ? _id : "";
        if (own != "")
            servers.Add(own);
        if (servers.Count == 0)
            return new(entries, isComplete);

        var ended = (await Store.FindEndedAsync(servers, cancellationToken).ConfigureAwait(false)).ToHashSet();
        if (ended.Remove(own)) // the engine has lost everything, or this server was frozen, and this is the first sign of it
        {
            ExpectRepairs();
            isComplete = false;
        }

        if (ended.Count == 0)
            return new(entries, isComplete);

        var gone = entries.Where(entry => ended.Contains(entry.Server)).Select(static entry => entry with { Payload = null });
        if (isComplete) // else their servers may be about to renew their leases
            await Store.WriteAsync(channel, [.. gone], cancellationToken).ConfigureAwait(false);

        return new([.. entries.Where(entry => !ended.Contains(entry.Server))], isComplete);
    }

    public void Dispose() => _disposing.Cancel();

    /// <summary>Ends when the members of this server are removed, or after 2 s: then the lease ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        var told = Task.WhenAll(_rosters.Keys.Select(static roster => roster.WhenTold()));
        await told.WaitAsync(FarewellTime, Hub.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _disposing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        while (!_disposing.IsCancellationRequested)
        {
            try
            {
                await RenewAsync().ConfigureAwait(false);
                if (_rewrites || Hub.Time.GetElapsedTime(_rewritten) > BetweenRewrites)
                    Rewrite();

                await FindEndedAsync().ConfigureAwait(false);
                Hub.NoteReachable();
            }
            catch (Exception e) when (!_disposing.IsCancellationRequested)
            {
                Hub.NoteUnreachable(e);
            }

            SweepRosters();
            await WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the next look, or until there is reason for one.</summary>
    private async Task WaitAsync()
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token);
        await Task.WhenAny(Task.Delay(Interval, Hub.Time, waiting.Token), _woken.Task).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        if (_woken.Task.IsCompleted)
            _woken = NewSource();
    }

    private void ExpectRepairs()
    {
        lock (_lock)
            (_isRepairing, _repairing) = (true, Hub.Time.GetTimestamp());
    }

    private async Task RenewAsync()
    {
        _isEnded |= !await RenewAsync(_id).ConfigureAwait(false) && Leased.IsCompleted;
        _leased.TrySetResult();
        if (!_isEnded)
            return;

        var id = NewId();
        _ids[id] = true;
        await RenewAsync(id).ConfigureAwait(false); // before an entry has it
        (_id, _isEnded) = (id, false);
        ExpectRepairs();
        _rewrites = true;
    }

    private ValueTask<bool> RenewAsync(string id) => CallAsync(token => Store.RenewAsync(id, LeaseTime, token));

    private async Task FindEndedAsync()
    {
        var servers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var roster in _rosters.Keys)
            roster.CollectServers(servers);

        if (servers.Count == 0 || RestOfRepairs() > TimeSpan.Zero)
            return;

        var ended = await CallAsync(token => Store.FindEndedAsync([.. servers], token)).ConfigureAwait(false);
        if (ended.Count == 0)
            return;

        var set = ended.ToHashSet(StringComparer.Ordinal);
        foreach (var roster in _rosters.Keys)
            roster.ForgetServers(set);
    }

    private void SweepRosters()
    {
        foreach (var roster in _rosters.Keys)
            roster.RetireIfUnused();
    }

    private void Rewrite()
    {
        _rewrites = false;
        _rewritten = Hub.Time.GetTimestamp();
        foreach (var roster in _rosters.Keys)
            roster.WriteAgain();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private TimeSpan RestOfRepairs()
    {
        lock (_lock)
        {
            var rest = _isRepairing ? RepairTime - Hub.Time.GetElapsedTime(_repairing) : TimeSpan.Zero;
            _isRepairing = rest > TimeSpan.Zero;
            return rest;
        }
    }

    private ValueTask<T> CallAsync<T>(Func<CancellationToken, ValueTask<T>> call) => Hub.CallAsync(call, _disposing.Token);
}

/// <summary>The members of a room that the store has.</summary>
/// <param name="Entries">Those of servers that are alive.</param>
/// <param name="IsComplete">Whether members that are not listed are gone. Not so while servers repair the store.</param>
internal readonly record struct PresenceList(IReadOnlyList<PresenceEntry> Entries, bool IsComplete);

/// <summary>A roster that other servers share.</summary>
internal interface ISharedRoster
{
    /// <summary>Adds the other servers that hold members to a set.</summary>
    void CollectServers(ISet<string> servers);

    /// <summary>Removes the members of servers that are dead.</summary>
    void ForgetServers(IReadOnlySet<string> servers);

    /// <summary>Writes the members of this server to the store again, under its present id.</summary>
    void WriteAgain();

    /// <summary>Gives the roster up if it is not used any more.</summary>
    void RetireIfUnused();

    /// <summary>Completes when the other servers have everything.</summary>
    Task WhenTold();
}
