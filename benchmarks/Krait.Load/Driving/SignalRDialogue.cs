using System.Text;
using Krait.Load.Measuring;

namespace Krait.Load.Driving;

/// <summary>SignalR's hub protocol in JSON: a handshake, then invocations and their completions, each ended by a record separator.</summary>
internal sealed record SignalRDialogue : Dialogue
{
    public const byte Separator = 0x1E;

    /// <summary>A client's ping, which the server expects at least each 30 s.</summary>
    public static readonly byte[] Ping = Record("""{"type":6}""");

    /// <summary>How the record of an answer begins; the server's pings begin otherwise.</summary>
    public static ReadOnlySpan<byte> Completion => """{"type":3,"""u8;

    public static SignalRDialogue For(Workload workload)
    {
        var (method, argument) = workload.Kind == MessageKind.Json
            ? ("Move", PlainDialogue.Command)
            : ("Echo", $"\"{Encoding.ASCII.GetString(PlainDialogue.Letters(workload.Size))}\"");
        return new()
        {
            Path = "/hub",
            Greeting = Greet(),
            Message = Record($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[{{argument}}]}"""),
            CountsRecords = true,
        };
    }

    /// <summary>A client that says nothing after the handshake.</summary>
    public static SignalRDialogue Listening(string path) => new() { Path = path, Greeting = Greet(), Message = [], CountsRecords = true };

    private static byte[] Greet() => Record("""{"protocol":"json","version":1}""");

    private static byte[] Record(string json) => ClientFrames.Text([.. Encoding.UTF8.GetBytes(json), Separator]);
}
