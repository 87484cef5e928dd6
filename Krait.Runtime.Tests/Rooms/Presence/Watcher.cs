using Krait.Rooms;

namespace Krait.Runtime.Tests.Rooms.Presence;

/// <summary>A connection in a room with members. It keeps its own list of them from the changes that it gets.</summary>
internal sealed class Watcher : IPresenceHandler
{
    private readonly List<string> _names = [];
    private readonly List<string> _strangers = []; // have left, and this did not know them
    private readonly List<PresenceSeat> _waiting = [];
    private readonly Room<Shout, Person> _room;

    /// <summary>Joins a room as a controller does with [Room].</summary>
    public Watcher(IRooms<Shout, Person> rooms, string room = "room", bool listens = true)
    {
        if (listens)
            Client.Connection.PresenceHandler = this;

        _room = (Room<Shout, Person>)rooms[room];
        _room.Enter(Client.Connection, resumption: null);
    }

    public RoomClient Client { get; } = new();

    public IRoom<Shout, Person> Room => _room;

    /// <summary>Whether [OnPresence] is busy: further calls wait.</summary>
    public bool IsBusy { get; set; }

    /// <summary>How many changes were told.</summary>
    public int Changes { get; private set; }

    /// <summary>The members by what this was told, in the order of their names.</summary>
    public string[] Names
    {
        get
        {
            lock (_names)
            {
                Assert.Empty(_strangers);
                return [.. _names.Order(StringComparer.Ordinal)];
            }
        }
    }

    Type IPresenceHandler.Member => typeof(Person);

    public Watcher Announce(string name)
    {
        Room.Announce(Client.Connection, new(name));
        return this;
    }

    /// <summary>Begins anew with the list of members.</summary>
    public async Task<Watcher> ListAsync()
    {
        var members = await Room.MembersAsync();
        lock (_names)
        {
            _names.Clear();
            _names.AddRange(members.Select(static person => person.Name));
        }

        return this;
    }

    /// <summary>Handles what waited while this was busy.</summary>
    public void Resume()
    {
        IsBusy = false;
        List<PresenceSeat> waiting;
        lock (_waiting)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        waiting.ForEach(Handle);
    }

    void IPresenceHandler.HandlePresence(PresenceSeat seat)
    {
        if (!IsBusy)
        {
            Handle(seat);
            return;
        }

        lock (_waiting)
            _waiting.Add(seat);
    }

    private void Handle(PresenceSeat seat)
    {
        if (seat.TakeChange() is not PresenceChange<Person> change)
            return;

        lock (_names)
        {
            Changes++;
            foreach (var person in change.Left)
            {
                if (!_names.Remove(person.Name))
                    _strangers.Add(person.Name);
            }

            _names.AddRange(change.Joined.Select(static person => person.Name));
        }
    }
}
