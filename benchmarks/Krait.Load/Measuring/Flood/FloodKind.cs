using System.Text;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>A flood and where it goes.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="Dialogue">Where, and the message.</param>
/// <param name="Free">The name of the same flood without a limit; null for that one itself.</param>
internal sealed record FloodKind(string Name, Dialogue Dialogue, string? Free = null)
{
    private const string FreeBinary = "8 B, no limit";
    private const string FreeJson = "JSON, no limit";

    private static readonly byte[] Tiny = ClientFrames.Binary(PlainDialogue.Letters(8));
    private static readonly byte[] Command = ClientFrames.Text(Encoding.UTF8.GetBytes(PlainDialogue.Command));

    /// <summary>Each one without a limit is before those that are compared with it.</summary>
    public static IReadOnlyList<FloodKind> All { get; } =
    [
        new(FreeBinary, Tell(FloodPaths.Free, Tiny)),
        new("8 B, Refuse", Tell(FloodPaths.Refuse, Tiny), FreeBinary),
        new("8 B, Wait, for the same time", Tell(FloodPaths.Wait, Tiny), FreeBinary),
        new("8 B, Close", Tell(FloodPaths.Close, Tiny), FreeBinary),
        new(FreeJson, Tell(FloodPaths.FreeJson, Command)),
        new("JSON, Refuse", Tell(FloodPaths.RefuseJson, Command), FreeJson),
    ];

    /// <summary>Whether the server reads no further while the limit has no room, so that the flood would last for hours.</summary>
    public bool IsStalled => Dialogue.Path == FloodPaths.Wait;

    public bool IsRefused => Dialogue.Path is FloodPaths.Refuse or FloodPaths.RefuseJson;

    private static PlainDialogue Tell(string path, byte[] message) => new() { Path = path, Message = message };
}
