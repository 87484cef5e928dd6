using Krait.Rooms;
using Krait.Runtime.Tests.Rooms;

namespace Krait.Redis.Tests.Rooms;

/// <summary>A server with rooms that reach others over Redis.</summary>
internal sealed class RoomServer : IAsyncDisposable
{
    private readonly RoomContract<Shout> _contract = RoomClient.Contract();

    public RoomServer(RedisBackplane engine, RoomHistory? history)
    {
        Hub = new(engine);
        Rooms = RoomClient.Rooms(new() { History = history, MemberCapacity = 1_000_000 }, _contract, TimeProvider.System, Hub);
    }

    public BackplaneHub Hub { get; }

    public RoomDirectory<Shout> Rooms { get; }

    public IRoom<Shout> Room => Rooms["room"];

    /// <summary>Lets a new client into the room, once the server hears the others.</summary>
    public async Task<RoomClient> JoinAsync(Resumption? resumption = null)
    {
        await Rooms.WhenReady("room");
        var client = new RoomClient(_contract.Encoder).TakesLosses();
        Rooms.Join("room", client.Connection, delivery: null, resumption);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Rooms.Dispose();
        await Hub.DisposeAsync();
    }
}
