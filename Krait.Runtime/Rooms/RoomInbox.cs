using Krait.Messaging;

namespace Krait.Rooms;

/// <summary>Gives the messages of the backplane to the members of a room on this server.</summary>
/// <param name="room">The room.</param>
/// <param name="contract">How its messages are encoded.</param>
/// <param name="hub">Counts messages that cannot be read.</param>
internal sealed class RoomInbox<TSend>(RoomMembers room, RoomContract<TSend> contract, BackplaneHub hub) : IRoomInbox
{
    public void Receive(RelayedEntry entry)
    {
        if (!TryReceive(entry))
            room.SendGap(1);
    }

    public void ReceiveGap(long missing) => room.SendGap(missing);

    public void Reconnected()
    {
        // The next message or heartbeat shows which messages are missing.
    }

    public void Preload(string? position, IReadOnlyList<RelayedEntry> entries)
    {
        var prepared = new List<RoomEntry>();
        foreach (var entry in entries)
        {
            if (TryPrepare(entry) is { } message)
            {
                prepared.Add(new(message, entry.Envelope.Except) { Position = entry.Position, Time = room.Now });
                continue;
            }

            position = entry.Position;
            prepared.Clear(); // a message that cannot be read cannot be sent to clients
        }

        room.Preload(position, prepared);
    }

    public void Begin() => room.SendGapToPresent();

    private bool TryReceive(RelayedEntry entry)
    {
        if (TryPrepare(entry) is not { } message)
            return false;

        try
        {
            room.Send(message, entry.Envelope.Except, entry.Position);
            return true;
        }
        catch (Exception e) // of the encoder of a member: user code
        {
            hub.Log.MessageFailed(e, room.Name);
            return false;
        }
    }

    private RoomMessage? TryPrepare(RelayedEntry entry)
    {
        if (entry.Envelope.Codec != contract.CodecId)
        {
            hub.CountUnknown(room.Name); // servers of two versions of the application may run at the same time
            return null;
        }

        try
        {
            var message = Prepare(entry);
            message.EncodeFor(contract.Codec);
            return message;
        }
        catch (Exception e) // of a decoder or an encoder: user code
        {
            hub.Log.MessageFailed(e, room.Name);
            return null;
        }
    }

    private RoomMessage Prepare(RelayedEntry entry)
    {
        var (envelope, position) = entry;
        var relayed = new RelayedMessage<TSend>(contract, envelope.Type, envelope.Payload);
        if (!contract.NeedsMessage)
            return new(relayed, default);

        IEncodedMessage message = position is not null && contract.WithPosition is { } withPosition
            ? Encoded.Create(withPosition(relayed.Message, position))
            : relayed;
        return new(message, contract.PolicyOf(relayed.Message));
    }
}
