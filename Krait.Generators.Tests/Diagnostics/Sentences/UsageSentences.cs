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
            "'Run' may keep running after the connection has closed; accept a CancellationToken or check Stopping",
            "[Run] async Task [|Run|]() { while (true) await Task.Delay(1000); }"),
        Sentence.OfMembers(
            DiagnosticIds.BlockingCall,
            "'Hear' blocks a thread of the pool until 'ReadAllText' returns; await 'ReadAllTextAsync' instead",
            "[OnMessage] string Hear(string message) => File.[|ReadAllText|](message);"),
        Sentence.OfMembers(
            DiagnosticIds.BlockingCall,
            "'Hear' blocks a thread of the pool until 'Result' returns; await the task instead",
            "[OnMessage] string Hear(string message) => File.ReadAllTextAsync(message).[|Result|];"),
        Sentence.OfMembers(
            DiagnosticIds.IgnoredSend,
            "The task of 'SendAsync' is ignored, so the sender does not slow down and exceptions are lost; await it, or assign it to a discard",
            "[OnMessage] void Hear(string message) { [|SendAsync|](message); }"),
        new(DiagnosticIds.MissingMapping,
            "The application does not map its WebSocket controllers, such as 'A'; call MapWebSocketControllers() before this",
            "var app = WebApplication.CreateBuilder(args).Build();\napp.[|Run|]();\n\n[WebSocketController(\"/a\")]\npublic sealed partial class A\n{\n    [OnMessage] string Echo(string message) => message;\n}"),
        new(DiagnosticIds.HandWrittenLoop,
            "This code receives WebSocket messages in a hand-written loop; use a class with [WebSocketController], which handles keep-alive, limits and shutdown",
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
            "'Hear' and its connection wait for each other, because 'Completion' completes only after 'Hear' has returned; use Stopping instead",
            "[OnMessage] async Task Hear(string message) => await Connection.[|Completion|];"),
        Sentence.OfMembers(
            DiagnosticIds.KeptBuffer,
            "'Keep' keeps 'frame', but the next message overwrites these bytes after 'Keep' has returned; copy them with ToArray()",
            "private ReadOnlyMemory<byte> last;\n    [OnMessage] void Keep(ReadOnlyMemory<byte> frame) => last = [|frame|];\n    [OnClose] void End() => Console.WriteLine(last.Length);"),
    ];
}
