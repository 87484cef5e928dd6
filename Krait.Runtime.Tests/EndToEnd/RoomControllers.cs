using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Krait.Runtime.Tests.EndToEnd;

[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Priced), "priced")]
[JsonDerivedType(typeof(Ticked), "ticked")]
[JsonDerivedType(typeof(Fresh), "fresh")]
[JsonDerivedType(typeof(Entered), "entered")]
[JsonDerivedType(typeof(Missed), "missed")]
[JsonDerivedType(typeof(Whispered), "whispered")]
public abstract record HallEvent;

/// <summary>May not be lost.</summary>
public sealed record Said(string Text) : HallEvent;

[WhenSlow(SlowReaderPolicy.Conflate, Key = nameof(Symbol))]
public sealed record Priced(string Symbol, long Price, string Padding) : HallEvent;

[WhenSlow(SlowReaderPolicy.DropOldest)]
public sealed record Ticked(long Number, string Padding) : HallEvent;

[WhenSlow(SlowReaderPolicy.DropNewest)]
public sealed record Fresh(long Number, string Padding) : HallEvent;

/// <summary>The answer of [OnOpen].</summary>
public sealed record Entered(int Present) : HallEvent;

/// <summary>The answer of [OnLost].</summary>
public sealed record Missed(long Count) : HallEvent;

/// <summary>Holds a secret.</summary>
[Uncompressed]
public sealed record Whispered(string Text) : HallEvent;

[JsonSerializable(typeof(HallEvent))]
internal sealed partial class HallJson : JsonSerializerContext;

/// <summary>A hall whose visitors hear each other; with "wait" its [OnOpen] waits for the gate.</summary>
[WebSocketController("/halls/{hall}", Protocols = "hall.v2, hall.v1", ProtocolRequired = false, Compression = true)]
[MessageCodec(typeof(HallCodec), Protocol = "hall.v2")]
internal sealed partial class HallController([Room("halls/{hall}")] IRoom<HallEvent> hall, Journal journal, Gate gate, [FromQuery] bool wait = false)
{
    [OnOpen]
    public async Task<HallEvent> Enter()
    {
        journal.Note("entering");
        if (wait)
            await gate.Opened;

        return new Entered(hall.LocalCount);
    }

    [OnMessage]
    public void Say(string text) => hall.Send(new Said(text), except: Connection);

    [OnLost]
    public static HallEvent Lost(LostMessages lost) => new Missed(lost.Count);

    [OnClose]
    public void Leave(CloseInfo why)
    {
        hall.Send(new Said("somebody left"), except: Connection);
        journal.Note($"{hall.LocalCount} left");
        journal.Note(why);
    }
}

/// <summary>A way into the same halls that compresses nothing.</summary>
[WebSocketController("/plain-halls/{hall}", Sends = typeof(HallEvent))]
internal sealed partial class PlainHallController([Room("halls/{hall}")] IRoom<HallEvent> hall)
{
    [OnOpen]
    public HallEvent Enter() => new Entered(hall.LocalCount);
}

/// <summary>A way into the same halls by the rooms of what is whispered there.</summary>
[WebSocketController("/whispers", Sends = typeof(HallEvent), Compression = true)]
internal sealed partial class WhisperController(IRooms<Whispered> rooms)
{
    [OnOpen]
    public HallEvent Enter()
    {
        rooms["whispers"].Join(Connection);
        return new Entered(rooms["whispers"].LocalCount);
    }
}

/// <summary>Another way to write the same messages.</summary>
internal sealed class HallCodec : IMessageEncoder<HallEvent>
{
    public System.Net.WebSockets.WebSocketMessageType Encode(HallEvent message, System.Buffers.IBufferWriter<byte> output)
    {
        System.Text.EncodingExtensions.GetBytes(System.Text.Encoding.UTF8, $"v2 {message}", output);
        return System.Net.WebSockets.WebSocketMessageType.Text;
    }
}

/// <summary>Joins and leaves as the client says; struct messages.</summary>
[WebSocketController("/positions", Sends = typeof(Position))]
internal sealed partial class PositionController(IRooms<Position> rooms)
{
    private RoomMembership? _membership;

    [OnMessage]
    public Position Move(string text)
    {
        if (text == "join")
            _membership = rooms["positions"].Join(Connection);
        else
            _membership?.Dispose();

        return new(rooms["positions"].LocalCount, 0);
    }
}

[WhenSlow(SlowReaderPolicy.Conflate, Key = nameof(Id))]
public readonly record struct Position(int Id, double X);

[JsonSerializable(typeof(Position))]
internal sealed partial class PositionJson : JsonSerializerContext;
