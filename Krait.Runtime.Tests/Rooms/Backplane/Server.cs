using Krait.Rooms;

namespace Krait.Runtime.Tests.Rooms.Backplane;

/// <summary>A server with rooms that reach others.</summary>
internal sealed class Server : IAsyncDisposable
{
    public Server(MemoryBackplane engine, RoomOptions options, TimeProvider time, RoomContract<Shout>? contract = null)
    {
        Contract = contract ?? RoomClient.Contract();
        Engine = engine;
        Hub = new(engine, time);
        Rooms = RoomClient.Rooms(options, Contract, time, Hub);
    }

    public MemoryBackplane Engine { get; }

    public RoomContract<Shout> Contract { get; }

    public BackplaneHub Hub { get; }

    public RoomDirectory<Shout> Rooms { get; }

    public IRoom<Shout> Room => Rooms["room"];

    /// <summary>Lets a new client into the room, once the server hears the others.</summary>
    public async Task<RoomClient> JoinAsync(Resumption? resumption = null)
    {
        await Rooms.WhenReady("room");
        var client = new RoomClient(Contract.Encoder).TakesLosses();
        Rooms.Join("room", client.Connection, delivery: null, resumption);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Rooms.Dispose();
        await Hub.DisposeAsync();
    }
}
