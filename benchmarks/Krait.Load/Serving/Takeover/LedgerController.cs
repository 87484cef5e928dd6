using System.Text.Json.Serialization;

namespace Krait.Load.Serving;

/// <summary>Takes numbers, and says that it has one when the room has it.</summary>
[WebSocketController("/feed/{room}", Sends = typeof(LedgerEvent))]
internal sealed partial class LedgerController([Room("ledger/{room}")] IRoom<LedgerEvent> room)
{
    [OnOpen]
    private static Opened Enter([Resume] Resumption resumed) =>
        new(resumed.Recovered, resumed.Recovered ? null : resumed.Position);

    [OnMessage]
    private async Task<Taken> Take(Put put)
    {
        await room.SendAsync(new Entry(put.Number));
        return new(put.Number);
    }

    [OnDrain]
    private static Leave Go(DrainInfo drain) => new(drain.ReconnectAfter.TotalSeconds);
}

/// <summary>From a client: a number, sent once.</summary>
public sealed record Put(long Number);

/// <summary>To a client.</summary>
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Entry), "entry")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(Leave), "leave")]
public abstract record LedgerEvent;

/// <summary>The connection is open.</summary>
/// <param name="Recovered">Whether the client gets everything that it missed.</param>
/// <param name="Position">Where it has joined; null if what it missed follows.</param>
public sealed record Opened(bool Recovered, string? Position) : LedgerEvent;

/// <summary>To all members of the room: a number.</summary>
public sealed record Entry(long Number, [property: RoomPosition] string? At = null) : LedgerEvent;

/// <summary>To the client that sent the number: the room has it.</summary>
public sealed record Taken(long Number) : LedgerEvent;

/// <summary>The server stops.</summary>
/// <param name="Seconds">When to come back.</param>
public sealed record Leave(double Seconds) : LedgerEvent;
