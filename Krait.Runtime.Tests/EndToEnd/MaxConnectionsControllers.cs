using Microsoft.AspNetCore.Mvc;

namespace Krait.Runtime.Tests.EndToEnd;

[MaxConnections(2)]
[WebSocketController("/caps/two")]
internal sealed partial class CapOfTwoController
{
    [OnUpgrade]
    private static UpgradeDecision Decide(Journal journal)
    {
        journal.Note("upgrade");
        return UpgradeDecision.Accept();
    }

    [OnMessage]
    private static string Echo(string message) => message;
}

/// <summary>Fails as the query says.</summary>
[MaxConnections(1)]
[WebSocketController("/caps/one")]
internal sealed partial class CapOfOneController([FromQuery] int number = 0)
{
    [OnUpgrade]
    private static UpgradeDecision Decide([FromQuery] int deny = 0, [FromQuery] int @throw = 0) =>
        deny == 1 ? UpgradeDecision.Deny(403)
        : @throw == 1 ? throw new InvalidOperationException("No.")
        : UpgradeDecision.Accept();

    [OnMessage]
    private string Echo(string message) => message + number;
}

[MaxConnections(2)]
[MaxConnections(2, Per = Partition.Address)]
[WebSocketController("/caps/address")]
internal sealed partial class CapOfAddressController
{
    [OnMessage]
    private static string Echo(string message) => message;
}

/// <summary>Counts who is inside, from [OnUpgrade] to the end.</summary>
[MaxConnections(Limit, Per = Partition.Address)]
[WebSocketController("/caps/crowd")]
internal sealed partial class CrowdController(CrowdCount count) : IDisposable
{
    public const int Limit = 7;

    [OnUpgrade]
    private static async Task<UpgradeDecision> Decide(CrowdCount count, [FromQuery] int fate)
    {
        count.Enter();
        await Task.Delay(1);
        if (fate > 1)
            return UpgradeDecision.Accept();

        count.Leave();
        return fate == 0 ? UpgradeDecision.Deny(403) : throw new InvalidOperationException("No.");
    }

    [OnMessage]
    private static string Echo(string message) => message;

    public void Dispose() => count.Leave();
}

internal sealed class CrowdCount
{
    private readonly Lock _lock = new();

    public int Inside { get; private set; }

    public int Most { get; private set; }

    public void Enter()
    {
        lock (_lock)
            Most = Math.Max(Most, ++Inside);
    }

    public void Leave()
    {
        lock (_lock)
            Inside--;
    }
}
