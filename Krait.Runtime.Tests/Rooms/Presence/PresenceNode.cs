using Krait.Rooms;
using Krait.Runtime.Tests.Rooms.Backplane;

namespace Krait.Runtime.Tests.Rooms.Presence;

/// <summary>A server whose rooms list members, also those of others.</summary>
internal sealed class PresenceNode : IAsyncDisposable
{
    private readonly BackplaneHub _hub;
    private readonly RoomDirectory<Shout> _directory;

    public PresenceNode(MemoryBackplane engine, TimeProvider time)
    {
        Engine = engine;
        _hub = new(engine, time);
        Server = new(_hub);
        _directory = RoomClient.Rooms(new(), RoomClient.Contract(), time, _hub);
        var presence = new PresenceDirectory<Person>(_hub, Server);
        presence.Accept(new(PersonJson.Default));
        Rooms = new PresenceRooms<Shout, Person>(_directory, presence);
    }

    public MemoryBackplane Engine { get; }

    public PresenceServer Server { get; }

    public IRooms<Shout, Person> Rooms { get; }

    /// <summary>Lets somebody into the room who begins with the list of members.</summary>
    public async Task<Watcher> JoinAsync()
    {
        await ((Room<Shout, Person>)Rooms["room"]).WhenReady();
        return await new Watcher(Rooms).ListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
        await _hub.DisposeAsync();
    }
}
