using System.Collections.Concurrent;
using Krait.Messaging;
using Microsoft.Extensions.Options;

namespace Krait.Rooms;

/// <summary>The rooms of one type of messages. Thread-safe.</summary>
internal sealed class RoomDirectory<TSend>(IOptionsMonitor<RoomOptions> options) : IRooms<TSend>
{
    private readonly ConcurrentDictionary<string, RoomMembers> _rooms = new(StringComparer.Ordinal);
    private readonly RoomOptions _options = options.Get(NameOfOptions);
    private volatile ISlowReaderRule<TSend>? _slowReaders;

    /// <summary>The name of the options of these rooms.</summary>
    public static string NameOfOptions => typeof(TSend).ToString();

    public IReadOnlyCollection<string> Active => [.. _rooms.Keys];

    public IRoom<TSend> this[string name]
    {
        get
        {
            RoomName.Demand(name);
            return new Room<TSend>(this, name);
        }
    }

    /// <summary>The members of a room; null if it has none.</summary>
    public RoomMembers? Find(string name) => _rooms.GetValueOrDefault(name);

    /// <summary>Lets a connection into a room.</summary>
    public RoomMembership Join(string name, IRoomConnection connection, RoomDelivery? delivery)
    {
        // The policies follow from the attributes of the messages' types, so those of any controller are those of all.
        _slowReaders ??= connection.Rules as ISlowReaderRule<TSend>;
        while (true)
        {
            var room = _rooms.GetOrAdd(name, static (name, directory) => new(name, directory._options, directory.Forget), this);
            if (room.TryJoin(connection.Outlet, delivery) is { } member)
                return member;

            Forget(room);
        }
    }

    /// <summary>Makes a message ready to be sent.</summary>
    public RoomMessage Prepare(Encoded<TSend> message) =>
        new(message, message.IsBytes ? default : _slowReaders?.PolicyOf(message.Message) ?? default);

    private void Forget(RoomMembers room) => _rooms.TryRemove(new(room.Name, room));
}
