using System.Text;
using Krait.Load.Measuring;

namespace Krait.Load.Driving;

/// <summary>One message, one answer, nothing else on the wire.</summary>
internal sealed record PlainDialogue : Dialogue
{
    public const string Command = """{"id":4711,"piece":"knight","x":12.5,"y":-3.25}""";

    public static PlainDialogue For(Workload workload) => workload.Kind switch
    {
        MessageKind.Json => new() { Path = "/json", Message = ClientFrames.Text(Encoding.UTF8.GetBytes(Command)) },
        MessageKind.Text => new() { Path = "/text", Message = ClientFrames.Text(Letters(workload.Size)) },
        _ => new() { Path = "/binary", Message = ClientFrames.Binary(Letters(workload.Size)) },
    };

    /// <summary>A client that says nothing.</summary>
    public static PlainDialogue Listening(string path) => new() { Path = path, Message = [] };

    /// <summary>A payload that is text as well.</summary>
    public static byte[] Letters(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)('a' + (i % 26)))];
}
