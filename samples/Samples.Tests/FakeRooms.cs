using Krait;

namespace Samples.Tests;

/// <summary>Rooms whose members get each message at once.</summary>
internal sealed class FakeRooms<T> : IRooms<T>
{
    private readonly Dictionary<string, FakeRoom<T>> rooms = [];

    public IReadOnlyCollection<string> Active => [.. rooms.Keys];

    public IRoom<T> this[string name] => rooms.TryGetValue(name, out var room) ? room : rooms[name] = new(name);
}

internal sealed class FakeRoom<T>(string name) : IRoom<T>
{
    private readonly List<IMessageSender<T>> members = [];

    public string Name => name;

    public int LocalCount => members.Count;

    public void Send(T message, IMessageSender<T>? except = null)
    {
        foreach (var member in members.Where(member => member.ConnectionId != except?.ConnectionId))
            _ = member.TrySend(message);
    }

    public ValueTask SendAsync(T message, IMessageSender<T>? except = null, CancellationToken cancellationToken = default)
    {
        Send(message, except);
        return default;
    }

    public RoomMembership Join(IMessageSender<T> connection, RoomDelivery? delivery = null)
    {
        if (!members.Contains(connection))
            members.Add(connection);

        return new Membership(this, connection);
    }

    private sealed class Membership(FakeRoom<T> room, IMessageSender<T> member) : RoomMembership
    {
        public override string Room => room.Name;

        public override bool IsActive => room.members.Contains(member);

        public override long Lost => 0;

        public override long Conflated => 0;

        protected override void Leave() => room.members.Remove(member);
    }
}
