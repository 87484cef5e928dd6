namespace Krait.Runtime.Tests.Rooms.Backplane;

/// <summary>Who is in the rooms of a <see cref="MemoryBroker"/>, and the leases of its servers. The broker locks.</summary>
/// <param name="time">The clock of leases.</param>
internal sealed class MemoryPresence(TimeProvider time)
{
    private readonly Dictionary<(string Channel, string Server, string Connection), PresenceEntry> _entries = [];
    private readonly Dictionary<string, DateTimeOffset> _leases = new(StringComparer.Ordinal);

    /// <summary>Returns how many entries were written.</summary>
    public int Write(string channel, IReadOnlyList<PresenceEntry> entries)
    {
        foreach (var entry in entries)
        {
            var key = (channel, entry.Server, entry.Connection);
            if (entry.Payload is null)
                _entries.Remove(key);
            else
                _entries[key] = entry;
        }

        return entries.Count;
    }

    public IReadOnlyList<PresenceEntry> List(string channel) =>
        [.. _entries.Where(entry => entry.Key.Channel == channel).Select(static entry => entry.Value)];

    public bool Renew(string server, TimeSpan lease)
    {
        var isValid = IsValid(server);
        _leases[server] = time.GetUtcNow() + lease;
        return isValid;
    }

    public IReadOnlyList<string> FindEnded(IReadOnlyList<string> servers) => [.. servers.Where(server => !IsValid(server))];

    public void Clear()
    {
        _entries.Clear();
        _leases.Clear();
    }

    private bool IsValid(string server) => _leases.TryGetValue(server, out var end) && time.GetUtcNow() < end;
}
