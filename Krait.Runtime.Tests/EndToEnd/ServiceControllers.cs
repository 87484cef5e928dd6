using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>A scoped service, as a DbContext is one: each has a number, and tells the journal when it is made and disposed.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly Journal journal;

    public Ledger(Journal journal, Ledgers all)
    {
        this.journal = journal;
        Number = all.Next();
        journal.Note($"made {Number}");
    }

    public int Number { get; }

    public ValueTask DisposeAsync()
    {
        journal.Note($"disposed {Number}");
        return default;
    }
}

/// <summary>Numbers the ledgers. A singleton.</summary>
internal sealed class Ledgers
{
    private int _last;

    public int Next() => Interlocked.Increment(ref _last);
}

/// <summary>Handlers that take what lives as long as their call.</summary>
[WebSocketController("/ledger", MaxStreams = 1)]
internal sealed partial class LedgerController(Journal journal, Gate gate)
{
    [OnMessage]
    public async Task<string?> Write(string message, [FromServices] Ledger ledger, [FromServices] Ledger again, CancellationToken stopping)
    {
        Assert.Same(ledger, again);
        Assert.Equal(Connection.Stopping, stopping);
        await Task.Yield();
        return message == "throw" ? throw new InvalidOperationException("The ledger is closed.") : $"{message} {ledger.Number}";
    }

    [OnMessage]
    public async IAsyncEnumerable<string> Stream(byte[] message, [FromServices] Ledger ledger, [EnumeratorCancellation] CancellationToken stopping)
    {
        yield return $"first {ledger.Number}";
        if (message.Length > 0)
            await gate.Opened.WaitAsync(stopping);
        yield return $"last {ledger.Number}";
    }

    [OnError]
    public static string Fail(InvalidOperationException error, string? message, [FromServices] Ledger ledger) => $"{message} failed: {error.Message} {ledger.Number}";

    [OnClose]
    public void Leave(CloseInfo why, [FromServices] Ledger ledger)
    {
        journal.Note($"closed {ledger.Number}");
        journal.Note(why);
    }
}

/// <summary>Services with keys, and one that may be missing.</summary>
[WebSocketController("/keyed")]
internal sealed partial class KeyedController
{
    [OnMessage]
    public static string Tell(
        [FromKeyedServices("greeting")] Func<string> greeting, string message, [FromServices] Unregistered? unregistered, [FromKeyedServices(7)] Unregistered? other = null) =>
        $"{greeting()} {message}{unregistered}{other}";
}

/// <summary>Takes what is registered nowhere.</summary>
[WebSocketController("/incomplete")]
internal sealed partial class IncompleteController
{
    [OnMessage]
    public static string Tell(string message, [FromServices] Unregistered unregistered) => message + unregistered;
}

/// <summary>Takes a keyed service that is registered nowhere.</summary>
[WebSocketController("/incomplete/keyed")]
internal sealed partial class IncompleteKeyedController
{
    [OnMessage]
    public static string Tell(string message, [FromKeyedServices("left")] Unregistered unregistered) => message + unregistered;
}

/// <summary>Is registered nowhere.</summary>
internal sealed class Unregistered;
