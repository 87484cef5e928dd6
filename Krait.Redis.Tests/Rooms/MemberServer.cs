using Krait.Redis.Tests.Servers;
using Krait.Rooms;
using Krait.Runtime.Tests.Rooms;
using Krait.Runtime.Tests.Rooms.Presence;

namespace Krait.Redis.Tests.Rooms;

/// <summary>A server with a network of its own, whose rooms list members, also those of others.</summary>
internal sealed class MemberServer : IAsyncDisposable
{
    private readonly Engines _engines;
    private readonly BackplaneHub _hub;
    private readonly PresenceServer _presence;
    private readonly RoomDirectory<Shout> _directory;
    private readonly PresenceRooms<Shout, Person> _rooms;

    private MemberServer(Proxy network, Engines engines, RedisBackplane engine)
    {
        (Network, _engines) = (network, engines);
        _hub = new(engine);
        _presence = new(_hub);
        _directory = RoomClient.Rooms(new(), RoomClient.Contract(), TimeProvider.System, _hub);
        var presence = new PresenceDirectory<Person>(_hub, _presence);
        presence.Accept(new(PersonJson.Default));
        _rooms = new(_directory, presence);
    }

    /// <summary>Its network to Redis.</summary>
    public Proxy Network { get; }

    /// <summary>The id under which Redis has its members at present.</summary>
    public string Id => _presence.Id;

    public static async Task<MemberServer> StartAsync(RedisServer redis)
    {
        var network = new Proxy(redis);
        var engines = new Engines(network.Configuration + ",connectTimeout=2000,asyncTimeout=2000");
        return new(network, engines, await engines.ConnectAsync());
    }

    /// <summary>Lets somebody into the room who begins with the list of members, and then announces a name.</summary>
    public async Task<Guest> JoinAsync(string name)
    {
        var room = (Room<Shout, Person>)_rooms["room"];
        await room.WhenReady();
        return await Guest.EnterAsync(room, name);
    }

    /// <summary>Lists the members of the room, in the order of their names.</summary>
    public async Task<string[]> ListAsync()
    {
        var members = await _rooms["room"].MembersAsync(TestContext.Current.CancellationToken);
        return [.. members.Select(static person => person.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>Ends as a process does that is killed: connections are closed, and nothing is removed from Redis.</summary>
    public async Task DieAsync()
    {
        Network.Swallow();
        Network.Cut();
        await _engines.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _presence.DisposeAsync();
        _directory.Dispose();
        await _hub.DisposeAsync();
        await _engines.DisposeAsync();
        await Network.DisposeAsync();
    }
}
