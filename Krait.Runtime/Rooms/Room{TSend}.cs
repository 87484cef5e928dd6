namespace Krait.Rooms;

/// <summary>A room by its name. It looks up its members for each call, because a room without members has no state.</summary>
internal class Room<TSend>(RoomDirectory<TSend> directory, string name) : IRoom<TSend>
{
    public string Name => name;

    public int LocalCount => directory.Count(name);

    public void Send(TSend message, IMessageSender<TSend>? except = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (directory.NeedsMessages(name))
            directory.Send(name, Encoded.Create(message), except?.ConnectionId);
    }

    public ValueTask SendAsync(TSend message, IMessageSender<TSend>? except = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return SendAsync(Encoded.Create(message), except, cancellationToken);
    }

    /// <inheritdoc cref="EncodedRoomExtensions.Send"/>
    public void Send(Encoded<TSend> message, IMessageSender<TSend>? except) =>
        directory.Send(name, message, except?.ConnectionId);

    /// <inheritdoc cref="EncodedRoomExtensions.SendAsync"/>
    public ValueTask SendAsync(Encoded<TSend> message, IMessageSender<TSend>? except, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        try
        {
            return directory.SendAsync(name, message, except?.ConnectionId, cancellationToken);
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e); // the exception of the encoder
        }
    }

    public RoomMembership Join(IMessageSender<TSend> connection, RoomDelivery? delivery = null) =>
        Join(connection, delivery, null);

    /// <summary>Adds the connection of the controller that has this object to the room.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="resumption">Where its client comes back to the room; null if [OnOpen] does not ask.</param>
    public virtual void Enter(IMessageSender<TSend> connection, Resumption? resumption) => Join(connection, null, resumption);

    /// <summary>Completes when messages that other servers send from now on reach this one.</summary>
    public virtual Task WhenReady() => directory.WhenReady(name);

    protected static IRoomConnection Demand(IMessageSender<TSend> connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection as IRoomConnection ?? throw new ArgumentException(
            "Only a connection of Krait can join a room, such as the Connection of a controller.", nameof(connection));
    }

    protected virtual RoomMembership Join(IMessageSender<TSend> connection, RoomDelivery? delivery, Resumption? resumption) =>
        directory.Join(name, Demand(connection), delivery, resumption);
}
