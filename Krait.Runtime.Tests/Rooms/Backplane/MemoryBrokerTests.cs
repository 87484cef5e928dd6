namespace Krait.Runtime.Tests.Rooms.Backplane;

/// <summary>The engine of the tests keeps the promises, so that tests with it say something about other engines.</summary>
public sealed class MemoryBrokerTests : BackplaneConformance
{
    private readonly MemoryBroker _broker = new();

    protected override ValueTask<IRoomBackplane> ConnectAsync() => new(_broker.Connect());
}

/// <summary>It also keeps who is in rooms as other engines do.</summary>
public sealed class MemoryPresenceTests : PresenceStoreConformance
{
    private readonly MemoryBroker _broker = new();

    protected override ValueTask<IRoomBackplane> ConnectAsync() => new(_broker.Connect());
}
