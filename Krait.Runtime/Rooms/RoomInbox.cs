using Krait.Messaging;

namespace Krait.Rooms;

/// <summary>Gives the members of a room on this server what the backplane brings.</summary>
/// <param name="room">The room.</param>
/// <param name="contract">How its messages are encoded.</param>
/// <param name="log">The log.</param>
internal sealed class RoomInbox<TSend>(RoomMembers room, RoomContract<TSend> contract, BackplaneLog log) : IRoomInbox
{
    public void Receive(RelayedEntry entry)
    {
        if (TryPrepare(entry) is { } message)
            room.Send(message, entry.Envelope.Except, entry.Position);
        else
            room.SendGap(1);
    }

    public void ReceiveGap(long missing) => room.SendGap(missing);

    public void Preload(string? position, IReadOnlyList<RelayedEntry> entries)
    {
        var prepared = new List<RoomEntry>();
        foreach (var entry in entries)
        {
            if (TryPrepare(entry) is { } message)
            {
                message.EncodeFor(contract.Codec);
                prepared.Add(new(message, entry.Envelope.Except) { Position = entry.Position, Time = room.Now });
                continue;
            }

            position = entry.Position;
            prepared.Clear(); // a message that cannot be read cannot be given to clients
        }

        room.Preload(position, prepared);
    }

    private RoomMessage? TryPrepare(RelayedEntry entry)
    {
        try
        {
            return Prepare(entry);
        }
        catch (Exception e) // of a decoder: user code
        {
            log.MessageFailed(e, room.Name);
            return null;
        }
    }

    private RoomMessage Prepare(RelayedEntry entry)
    {
        var (envelope, position) = entry;
        if (envelope.Codec != contract.CodecId)
            throw new InvalidOperationException("The message has another codec than the rooms of this server.");

        var relayed = new RelayedMessage<TSend>(contract, envelope.Type, envelope.Payload);
        if (!contract.NeedsMessage)
            return new(relayed, default);

        IEncodedMessage message = position is not null && contract.WithPosition is { } withPosition
            ? Encoded.Create(withPosition(relayed.Message, position))
            : relayed;
        return new(message, contract.PolicyOf(relayed.Message));
    }
}
