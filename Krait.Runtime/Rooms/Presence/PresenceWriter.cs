namespace Krait.Rooms;

/// <summary>
/// Writes the members of one room that this server holds to the store, and tells the other servers. Goes on until it succeeds.
/// Thread-safe.
/// </summary>
internal sealed class PresenceWriter(RoomChannel channel, PresenceServer server)
{
    private const int LargestBatch = 500;
    private const int BytesOfBatch = 1024 * 1024; // a payload that is larger than PublishLimits allow would never leave

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal); // connections, with the id of the server
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly RoomPublisher _publisher = new(channel, server.Hub, RoomUnavailability.Fail);
    private TaskCompletionSource? _idle;
    private bool _isWriting;

    public bool IsBusy
    {
        get
        {
            lock (_lock)
                return _isWriting;
        }
    }

    /// <summary>Completes when the store has everything.</summary>
    public Task WhenIdle()
    {
        lock (_lock)
            return _isWriting ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
    }

    /// <summary>Sets the encoded member of a connection; null if it is gone.</summary>
    public void Set(string connection, ReadOnlyMemory<byte>? encoded)
    {
        lock (_lock)
        {
            if (encoded is { } member)
                _members[connection] = member;
            else
                _members.Remove(connection);

            if (encoded is null && !_written.ContainsKey(connection))
                _changed.Remove(connection); // no other server knows it
            else
                _changed.Add(connection);

            Start();
        }
    }

    /// <summary>Writes everything again: the store may have lost it, or the id of this server is new.</summary>
    public void WriteAgain()
    {
        lock (_lock)
        {
            _changed.UnionWith(_members.Keys);
            _changed.UnionWith(_written.Keys);
            Start();
        }
    }

    /// <summary>Removes entries of this server whose members have left: a failover of the engine may bring them back.</summary>
    /// <param name="entries">Entries of this server that the store has.</param>
    public void RemoveStrays(IEnumerable<PresenceEntry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries.Where(entry => !_members.ContainsKey(entry.Connection)))
            {
                _written[entry.Connection] = entry.Server;
                _changed.Add(entry.Connection);
            }

            Start();
        }
    }

    private void Start()
    {
        if (_isWriting || _changed.Count == 0)
            return;

        _isWriting = true;
        _ = BackplaneHub.RunWithoutContext(WriteAsync);
    }

    private async Task WriteAsync()
    {
        // Without a lease, others would take the entries for those of a dead server.
        await server.Leased.WaitAsync(server.Disposing).ConfigureAwait(false);
        while (Take() is { Count: > 0 } entries)
        {
            await server.Hub.RetryAsync(token => WriteAsync(entries, token), server.Disposing).ConfigureAwait(false);
            await server.Hub.RetryAsync(_ => TellAsync(entries), server.Disposing).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> WriteAsync(List<PresenceEntry> entries, CancellationToken cancellationToken)
    {
        await server.Store.WriteAsync(channel, entries, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> TellAsync(List<PresenceEntry> entries)
    {
        await _publisher.SendAsync(PresenceNews.Write(entries)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes the changes. If there are none, the writing ends.</summary>
    private List<PresenceEntry> Take()
    {
        lock (_lock)
        {
            var entries = new List<PresenceEntry>();
            var id = server.Id;
            var bytes = 0;
            while (entries.Count < LargestBatch && bytes < BytesOfBatch && _changed.Count > 0)
            {
                var connection = _changed.First();
                _changed.Remove(connection);
                AddEntries(entries, connection, id);
                bytes += _members.GetValueOrDefault(connection).Length;
            }

            if (entries.Count == 0)
                End();

            return entries;
        }
    }

    private void End()
    {
        _isWriting = false;
        _idle?.SetResult();
        _idle = null;
    }

    private void AddEntries(List<PresenceEntry> entries, string connection, string id)
    {
        var isPresent = _members.TryGetValue(connection, out var member);
        if (isPresent)
            entries.Add(new(id, connection, member));

        if (_written.TryGetValue(connection, out var before) && (!isPresent || before != id))
            entries.Add(new(before, connection, null));

        if (isPresent)
            _written[connection] = id;
        else
            _written.Remove(connection);
    }
}
