namespace Krait;

/// <summary>
/// Keeps the members of rooms for all servers. Implement it in the class of your <see cref="IRoomBackplane"/>, so that each
/// <see cref="IRoom{TSend, TMember}"/> lists the members of all servers. Thread-safe.
/// </summary>
/// <remarks>
/// A store has a table of entries and a table of leases; Krait does the rest. Krait publishes changes to other servers by
/// <see cref="IRoomBackplane.PublishAsync"/>, after the store has them. Each server holds one lease. When a server does not renew
/// it, others remove the entries of that server.
/// </remarks>
public interface IPresenceStore
{
    /// <summary>Adds, replaces and removes entries of one channel.</summary>
    /// <remarks>
    /// For one channel, Krait makes one call after another, and waits for each. The store may forget the entries of a channel if
    /// none was written for a day: Krait writes its own again every hour.
    /// </remarks>
    /// <param name="channel">The channel.</param>
    /// <param name="entries">The entries, in this order; remove those without a payload.</param>
    /// <param name="cancellationToken">Fires when Krait does not wait any longer.</param>
    /// <exception cref="Exception">The store may not have all entries; Krait writes them again.</exception>
    ValueTask WriteAsync(RoomChannel channel, IReadOnlyList<PresenceEntry> entries, CancellationToken cancellationToken);

    /// <summary>Lists the entries of a channel, those of dead servers included. Shows every earlier write.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Fires when Krait does not wait any longer.</param>
    ValueTask<IReadOnlyList<PresenceEntry>> ListAsync(RoomChannel channel, CancellationToken cancellationToken);

    /// <summary>Begins or renews the lease of a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="time">The time that the lease lasts from now on.</param>
    /// <param name="cancellationToken">Fires when Krait does not wait any longer.</param>
    /// <returns>Whether the lease was still valid before.</returns>
    ValueTask<bool> RenewAsync(string server, TimeSpan time, CancellationToken cancellationToken);

    /// <summary>Returns those of several servers whose leases have ended.</summary>
    /// <param name="servers">The servers; at least one.</param>
    /// <param name="cancellationToken">Fires when Krait does not wait any longer.</param>
    ValueTask<IReadOnlyList<string>> FindEndedAsync(IReadOnlyList<string> servers, CancellationToken cancellationToken);
}

/// <summary>A connection in a room, as other servers see it.</summary>
/// <param name="Server">The server that holds the connection: letters and digits, at most 32.</param>
/// <param name="Connection">The id of the connection: letters, digits, hyphens and underscores, at most 64.</param>
/// <param name="Payload">The encoded member; null if it is gone.</param>
public readonly record struct PresenceEntry(string Server, string Connection, ReadOnlyMemory<byte>? Payload);
