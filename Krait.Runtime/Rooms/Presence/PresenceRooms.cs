namespace Krait.Rooms;

/// <summary>The rooms of one type of messages, with members of one type. Thread-safe.</summary>
internal sealed class PresenceRooms<TSend, TMember>(IRooms<TSend> rooms, PresenceDirectory<TMember> presence)
    : IRooms<TSend, TMember>
    where TMember : class
{
    private readonly RoomDirectory<TSend> _directory = rooms as RoomDirectory<TSend> ?? throw new InvalidOperationException(
        $"IRooms<{typeof(TSend)}> is registered as '{rooms.GetType()}'; rooms with members need those of AddKrait().");

    public IRoom<TSend, TMember> this[string name]
    {
        get
        {
            RoomName.Demand(name);
            return new Room<TSend, TMember>(_directory, presence, name);
        }
    }
}
