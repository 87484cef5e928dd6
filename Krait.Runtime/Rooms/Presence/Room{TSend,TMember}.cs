namespace Krait.Rooms;

/// <summary>A room by its name, with its members.</summary>
internal sealed class Room<TSend, TMember>(RoomDirectory<TSend> directory, PresenceDirectory<TMember> presence, string name)
    : Room<TSend>(directory, name), IRoom<TSend, TMember>
    where TMember : class
{
    private readonly string _channel = RoomDirectory<TSend>.ChannelName(name);
    private PresenceSeat<TMember>? _seat; // of the connection whose controller has this object

    public void Announce(IMessageSender<TSend> connection, TMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var outlet = Demand(connection).Outlet;
        if (!presence.TryAnnounce(_channel, outlet.ConnectionId, member) && !outlet.HasLeft)
            throw new InvalidOperationException(
                $"The connection is not in the room '{Name}'; join it through an IRoom<,> with members before you announce one.");
    }

    public ValueTask<IReadOnlyList<TMember>> MembersAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<TMember>>(cancellationToken)
            : presence.ListAsync(_channel, _seat, cancellationToken);

    public override void Enter(IMessageSender<TSend> connection, Resumption? resumption) =>
        _seat = presence.Enter(_channel, (Member)base.Join(connection, null, resumption));

    public override Task WhenReady()
    {
        var messages = base.WhenReady();
        var members = presence.WhenReady(_channel);
        return members.IsCompleted ? messages : Task.WhenAll(messages, members);
    }

    protected override RoomMembership Join(IMessageSender<TSend> connection, RoomDelivery? delivery, Resumption? resumption)
    {
        var membership = base.Join(connection, delivery, resumption);
        presence.Enter(_channel, (Member)membership);
        return membership;
    }
}
