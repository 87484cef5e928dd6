using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of how controllers are used: KRAIT048 and KRAIT090 to KRAIT095.</summary>
internal static class UsageSentences
{
    public static IReadOnlyList<Sentence> All { get; } =
    [
        Sentence.OfMembers(
            DiagnosticIds.UnstoppableRun,
            "'Run' goes on when the connection is gone, since nothing tells it to stop; take a CancellationToken, or look at Stopping or ShouldStop",
            "[Run] async Task [|Run|]() { while (true) await Task.Delay(1000); }"),
        Sentence.OfMembers(
            DiagnosticIds.BlockingCall,
            "'Hear' blocks a thread that serves other connections too until 'ReadAllText' returns; await 'ReadAllTextAsync' instead",
            "[OnMessage] string Hear(string message) => File.[|ReadAllText|](message);"),
        Sentence.OfMembers(
            DiagnosticIds.BlockingCall,
            "'Hear' blocks a thread that serves other connections too until 'Result' returns; await what it waits for instead",
            "[OnMessage] string Hear(string message) => File.ReadAllTextAsync(message).[|Result|];"),
        Sentence.OfMembers(
            DiagnosticIds.IgnoredSend,
            "Nothing waits for 'SendAsync', so the sender is not held back and its failure is lost; await it, or assign it to a discard",
            "[OnMessage] void Hear(string message) { [|SendAsync|](message); }"),
        new(DiagnosticIds.MissingMapping,
            "The application runs without its WebSocket controllers, such as 'A'; call MapWebSocketControllers() before",
            "var app = WebApplication.CreateBuilder(args).Build();\napp.[|Run|]();\n\n[WebSocketController(\"/a\")]\npublic sealed partial class A\n{\n    [OnMessage] string Echo(string message) => message;\n}"),
        new(DiagnosticIds.HandWrittenLoop,
            "The messages of this web socket are received in a loop written by hand; write a class with [WebSocketController], which gets them one by one, with keep-alive, limits and shutdown",
            """
            var app = WebApplication.CreateBuilder(args).Build();
            app.Map("/a", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.[|AcceptWebSocketAsync|]();
                while (socket.State == System.Net.WebSockets.WebSocketState.Open)
                    await socket.ReceiveAsync(new byte[10], context.RequestAborted);
            });
            app.Run();
            """),
        Sentence.OfMembers(
            DiagnosticIds.SelfWait,
            "'Hear' waits for its own connection to end, and the connection waits for 'Hear' to return before 'Completion' completes; use Stopping to learn that it is going away",
            "[OnMessage] async Task Hear(string message) => await Connection.[|Completion|];"),
        Sentence.OfMembers(
            DiagnosticIds.KeptBuffer,
            "'Keep' keeps 'frame', whose bytes the next message overwrites once 'Keep' has returned; copy them with ToArray()",
            "private ReadOnlyMemory<byte> last;\n    [OnMessage] void Keep(ReadOnlyMemory<byte> frame) => last = [|frame|];\n    [OnClose] void End() => Console.WriteLine(last.Length);"),
    ];
}
