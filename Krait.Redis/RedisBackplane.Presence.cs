namespace Krait.Redis;

internal sealed partial class RedisBackplane : IPresenceStore
{
    public async ValueTask WriteAsync(
        RoomChannel channel, IReadOnlyList<PresenceEntry> entries, CancellationToken cancellationToken) =>
        await Commands.Presence.WriteAsync(channel, entries).WaitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<PresenceEntry>> ListAsync(RoomChannel channel, CancellationToken cancellationToken) =>
        await Commands.Presence.ListAsync(channel).WaitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> RenewAsync(string server, TimeSpan time, CancellationToken cancellationToken) =>
        await Commands.Presence.RenewAsync(server, time).WaitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<string>> FindEndedAsync(
        IReadOnlyList<string> servers, CancellationToken cancellationToken) =>
        await Commands.Presence.FindEndedAsync(servers).WaitAsync(cancellationToken).ConfigureAwait(false);
}
