using Krait.Connections;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>A connection that only counts what the host asks of it.</summary>
internal sealed class StoppableConnection : IStoppableConnection
{
    public WebSocketConnection Connection { get; } = new Rooms.RoomClient().Connection;

    public int Stops { get; private set; }

    public List<DrainInfo> Drains { get; } = [];

    public void StopForHost() => Stops++;

    public void Drain(DrainInfo info) => Drains.Add(info);
}
