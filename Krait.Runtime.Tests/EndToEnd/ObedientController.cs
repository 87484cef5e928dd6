using Microsoft.AspNetCore.Mvc;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Does what the client's messages say, and echoes the others.</summary>
[WebSocketController("/obey", MaxMessageSize = 1000)]
internal sealed partial class ObedientController
{
    /// <summary>Must never reach a client.</summary>
    public const string Secret = "the secret of an exception";

    private readonly Journal journal;
    private readonly Gate gate;

    public ObedientController(Journal journal, Gate gate, Births births)
    {
        (this.journal, this.gate) = (journal, gate);
        births.Add(this);
    }

    [OnOpen]
    private void Open([FromQuery] bool fail = false)
    {
        journal.Note("opened");
        if (fail)
            throw new InvalidOperationException(Secret);
    }

    [OnMessage]
    private async Task<string?> Obey(string order, CancellationToken stopping)
    {
        journal.Note(order);
        switch (order)
        {
            case "close":
                for (var i = 0; i < 100; i++)
                    TrySend("before the close");

                Connection.Close(4001, "enough");
                return "after the close";
            case "abort":
                Connection.Abort();
                return null;
            case "throw":
                throw new InvalidOperationException(Secret);
            case "wait":
                await Task.Delay(Timeout.Infinite, stopping);
                return null;
            case "hang":
                await gate.Opened;
                return null;
            default:
                return order;
        }
    }

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}

/// <summary>Remembers controllers without keeping them alive.</summary>
internal sealed class Births
{
    private readonly Lock _lock = new();
    private readonly List<WeakReference> _controllers = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _controllers.Count;
        }
    }

    public int Alive
    {
        get
        {
            lock (_lock)
                return _controllers.Count(controller => controller.IsAlive);
        }
    }

    public void Add(object controller)
    {
        lock (_lock)
            _controllers.Add(new(controller));
    }
}
