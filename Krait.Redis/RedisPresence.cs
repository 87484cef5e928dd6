using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>
/// Keeps the members of rooms: a hash for each room, and a key with a lifetime for the lease of each server. Thread-safe.
/// </summary>
/// <remarks>
/// All commands demand the master. A replica may lag behind, so it could miss members, or the lease of a server that is alive.
/// </remarks>
internal sealed class RedisPresence(IConnectionMultiplexer connection, RedisKeys keys)
{
    /// <summary>How long Redis keeps the members of a room after the last write. The core writes again every hour.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>How many entries one script writes. Redis answers no other client while the script runs.</summary>
    private const int MostInScript = 1_000;

    private IDatabase Database => connection.GetDatabase();

    /// <summary>Writes entries. All scripts leave at once; the result completes with the last answer.</summary>
    public Task WriteAsync(RoomChannel channel, IReadOnlyList<PresenceEntry> entries)
    {
        RedisKey[] key = [keys.Members(channel.Name)];
        return Task.WhenAll(entries.Chunk(MostInScript).Select(chunk =>
            Database.ScriptEvaluateAsync(RoomScripts.Write, key, Arguments(chunk), CommandFlags.DemandMaster)));
    }

    public async Task<IReadOnlyList<PresenceEntry>> ListAsync(RoomChannel channel)
    {
        var fields = await Database.HashGetAllAsync(keys.Members(channel.Name), CommandFlags.DemandMaster).ConfigureAwait(false);
        var entries = new List<PresenceEntry>(fields.Length);
        foreach (var field in fields)
        {
            if (TryRead(field, out var entry))
                entries.Add(entry);
        }

        return entries;
    }

    public async Task<bool> RenewAsync(string server, TimeSpan time)
    {
        var before = await Database
            .StringSetAndGetAsync(keys.Lease(server), 1, time, When.Always, CommandFlags.DemandMaster)
            .ConfigureAwait(false);
        return !before.IsNull;
    }

    /// <summary>Asks for each lease in a separate command, because a cluster keeps them on several nodes.</summary>
    public async Task<IReadOnlyList<string>> FindEndedAsync(IReadOnlyList<string> servers)
    {
        var exist = await Task.WhenAll(servers.Select(server =>
            Database.KeyExistsAsync(keys.Lease(server), CommandFlags.DemandMaster))).ConfigureAwait(false);
        return [.. servers.Where((_, i) => !exist[i])];
    }

    private static RedisValue[] Arguments(PresenceEntry[] entries)
    {
        var arguments = new List<RedisValue>(1 + (2 * entries.Length)) { (long)Lifetime.TotalMilliseconds };
        foreach (var (server, connection, payload) in entries)
        {
            arguments.Add($"{(payload is null ? '-' : '+')}{server}/{connection}");
            if (payload is { } bytes)
                arguments.Add(bytes);
        }

        return [.. arguments];
    }

    /// <summary>Reads one field. False if another program has written it.</summary>
    private static bool TryRead(HashEntry field, out PresenceEntry entry)
    {
        entry = default;
        var name = (string)field.Name!;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || slash == name.Length - 1)
            return false;

        entry = new(name[..slash], name[(slash + 1)..], (byte[]?)field.Value ?? []);
        return true;
    }
}
