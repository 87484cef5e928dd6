using Krait.Rooms;
using Krait.Runtime.Tests.Rooms;
using Krait.Runtime.Tests.Rooms.Presence;

namespace Krait.Redis.Tests.Rooms;

/// <summary>A member of a room that remembers everything it is told of the others. Thread-safe.</summary>
internal sealed class Guest : IPresenceHandler
{
    private readonly Lock _lock = new();
    private readonly List<string> _listed = [];
    private readonly List<string> _told = [];
    private readonly RoomClient _client = new();
    private readonly Room<Shout, Person> _room;

    private Guest(Room<Shout, Person> room)
    {
        _room = room;
        _client.Connection.PresenceHandler = this;
        _room.Enter(_client.Connection, resumption: null);
    }

    /// <summary>What was told since the list, such as "Ann joined", oldest first.</summary>
    public string[] Told
    {
        get
        {
            lock (_lock)
                return [.. _told];
        }
    }

    /// <summary>The members by the list and by what was told since, in the order of their names.</summary>
    public string[] Names
    {
        get
        {
            var names = new List<string>(_listed);
            foreach (var news in Told)
            {
                var name = news.Split(' ')[0];
                if (news.EndsWith("joined", StringComparison.Ordinal))
                    names.Add(name);
                else
                    Assert.True(names.Remove(name), $"{name} left and was not known.");
            }

            return [.. names.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What was told of one member.</summary>
    public IEnumerable<string> ToldOf(string name) =>
        Told.Where(news => news.StartsWith(name + " ", StringComparison.Ordinal));

    Type IPresenceHandler.Member => typeof(Person);

    public static async Task<Guest> EnterAsync(Room<Shout, Person> room, string name)
    {
        var guest = new Guest(room);
        var members = await room.MembersAsync(TestContext.Current.CancellationToken);
        guest._listed.AddRange(members.Select(static person => person.Name));
        guest.Announce(name);
        return guest;
    }

    public void Announce(string name) => _room.Announce(_client.Connection, new(name));

    public void Leave() => _client.Leave();

    void IPresenceHandler.HandlePresence(PresenceSeat seat)
    {
        if (seat.TakeChange() is not PresenceChange<Person> change)
            return;

        lock (_lock)
        {
            _told.AddRange(change.Left.Select(static person => person.Name + " left"));
            _told.AddRange(change.Joined.Select(static person => person.Name + " joined"));
        }
    }
}
