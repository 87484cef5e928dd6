using System.Text.Json;
using System.Text.Json.Serialization;

namespace Krait.Load.Serving;

/// <summary>The JSON command.</summary>
public sealed record Move(int Id, string Piece, double X, double Y);

/// <summary>The JSON event that answers it.</summary>
public sealed record Moved(int Id, string Piece, double X, double Y, bool Accepted)
{
    public static Moved By(Move command) => new(command.Id, command.Piece, command.X, command.Y, command.X >= 0);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Move)), JsonSerializable(typeof(Moved))]
[JsonSerializable(typeof(Put)), JsonSerializable(typeof(LedgerEvent))]
[JsonSerializable(typeof(Tick)), JsonSerializable(typeof(Quote)), JsonSerializable(typeof(Post))]
internal sealed partial class Messages : JsonSerializerContext;
