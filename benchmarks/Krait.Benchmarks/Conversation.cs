using System.Text.Json;
using System.Text.Json.Serialization;

namespace Krait.Benchmarks;

[JsonDerivedType(typeof(Move), "move"), JsonDerivedType(typeof(Halt), "halt")]
public abstract record Command;

public sealed record Move(int Id, int X, int Y, string Who) : Command;

public sealed record Halt(int Id) : Command;

[JsonDerivedType(typeof(Moved), "moved"), JsonDerivedType(typeof(Halted), "halted")]
public abstract record Reply;

public sealed record Moved(int Id, int X, int Y, string Who) : Reply;

public sealed record Halted(int Id) : Reply;

public sealed record Plain(int Id, int X, int Y, string Who);

[WebSocketController("/union", Sends = typeof(Reply))]
public sealed partial class UnionController
{
    public Reply? Answer { get; private set; }

    [OnMessage]
    public void Take(Move move) => Answer = new Moved(move.Id, move.X, move.Y, move.Who);

    [OnMessage]
    public void Take(Halt halt) => Answer = new Halted(halt.Id);
}

[WebSocketController("/single", Sends = typeof(Plain))]
public sealed partial class PlainController
{
    public Plain? Answer { get; private set; }

    [OnMessage]
    public void Take(Plain message) => Answer = message;
}

/// <summary>As README recommends; both sides read with it.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Command)), JsonSerializable(typeof(Reply)), JsonSerializable(typeof(Plain))]
[JsonSerializable(typeof(Few)), JsonSerializable(typeof(Many))]
internal sealed partial class Json : JsonSerializerContext;
