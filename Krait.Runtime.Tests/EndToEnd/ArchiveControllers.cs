using System.Text.Json.Serialization;

namespace Krait.Runtime.Tests.EndToEnd;

[JsonDerivedType(typeof(Archived), "archived")]
[JsonDerivedType(typeof(ArchiveOpened), "opened")]
public abstract record ArchiveEvent;

public sealed record Archived(int Number, [property: RoomPosition] string? At = null) : ArchiveEvent;

/// <summary>The answer of [OnOpen].</summary>
public sealed record ArchiveOpened(bool Recovered, string? Position, int Present) : ArchiveEvent;

[JsonSerializable(typeof(ArchiveEvent))]
internal sealed partial class ArchiveJson : JsonSerializerContext;

/// <summary>A room to which clients come back.</summary>
[WebSocketController("/archives/{archive}", Sends = typeof(ArchiveEvent))]
internal sealed partial class ArchiveController([Room("archives/{archive}")] IRoom<ArchiveEvent> archive)
{
    [OnOpen]
    public ArchiveEvent Enter([Resume(From = "last")] Resumption resumed) =>
        new ArchiveOpened(resumed.Recovered, resumed.Position, archive.LocalCount);
}

/// <summary>A way into the same rooms that only listens.</summary>
[WebSocketController("/listeners/{archive}", Sends = typeof(ArchiveEvent))]
internal sealed partial class ListenerController([Room("archives/{archive}")] IRoom<ArchiveEvent> archive)
{
    public override string ToString() => archive.Name;
}
