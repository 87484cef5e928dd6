using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>While code is being typed it is wrong most of the time; that crashes nothing and writes nothing that cannot be parsed.</summary>
[Trait("Category", "Slow")]
public sealed class HalfTypedCodeTests
{
    private const string Source = """
        using System.Runtime.CompilerServices;
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        namespace Half.Typed;

        public sealed record Say(string Text);

        public sealed record Said(int Id, string? Text);

        [JsonSerializable(typeof(Say))]
        [JsonSerializable(typeof(Said))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/rooms/" + "{keeper}")]
        public sealed partial class KeepController(HttpContext context)
        {
            private readonly List<RawMessage> kept = [];

            [OnMessage]
            async Task Keep(RawMessage message)
            {
                var same = message;
                kept.Add(new(same.Type, same.Payload.Slice(1)));
                _ = Task.Run(() => kept[0] = message);
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                while (true)
                    await socket.ReceiveAsync(new byte[1], default);
            }
        }

        public static partial class Outer
        {
            [Tags("one", "two")]
            [WebSocketController("/rooms/{room}/{floor:int?}", Protocols = "a, b", AllowedOrigins = "*", MaxMessageSize = 1024, JsonContext = typeof(Json))]
            public sealed partial class RoomController(string room, int? floor, [FromQuery(Name = "n")] string name = "nobody", [FromKeyedServices(1)] TimeProvider? time = null)
            {
                [OnUpgrade]
                static async ValueTask<UpgradeDecision> Check(string room, CancellationToken aborted) => UpgradeDecision.Accept();

                [OnOpen]
                Task<Said?> Enter(WebSocketConnection<Said> connection) => Task.FromResult<Said?>(new(floor ?? 1, name));

                [OnMessage]
                async IAsyncEnumerable<Said> Hear(Say message, [EnumeratorCancellation] CancellationToken stopping)
                {
                    yield return new(0, room + time);
                }

                [OnError]
                Said? Refuse(InvalidMessageException error, Say? message) => null;

                [OnClose]
                void Leave(CloseInfo info)
                {
                    Thread.Sleep(File.ReadAllText("a").Length);
                    Connection.CloseAsync().ConfigureAwait(false);
                    Connection.Completion.Wait(Stopping);
                }

                [Run]
                async Task Run(CancellationToken stopping) => await SendAsync(new(1, null), stopping);
            }
        }
        """;

    [Fact]
    public async Task The_whole_is_right() => await GeneratedCode.Generate(UserProject.Compile("#pragma warning disable CS1998\n" + Source));

    [Fact]
    public async Task Code_that_ends_anywhere()
    {
        for (var length = 400; length < Source.Length; length += 53)
            await Survives(Source[..length]);
    }

    [Fact]
    public async Task Code_that_lacks_any_one_line()
    {
        var lines = Source.Split('\n');
        for (var line = 0; line < lines.Length; line++)
            await Survives(string.Join('\n', lines.Where((_, index) => index != line)));
    }

    [Fact]
    public async Task Code_that_lacks_any_one_word()
    {
        var words = UserProject.Parse(Source, "Source.cs").GetRoot(TestContext.Current.CancellationToken).DescendantTokens()
            .Where(token => token.SpanStart > Source.IndexOf("[Tags", StringComparison.Ordinal)).ToList();
        foreach (var word in words.Where((_, index) => index % 5 == 0))
            await Survives(Source.Remove(word.SpanStart, word.Span.Length));
    }

    private static async Task Survives(string source)
    {
        var run = GeneratorRun.Of(source);
        await KraitAnalyzers.Analyze(run.Output);
        foreach (var tree in run.Output.SyntaxTrees.Where(run.IsGenerated))
            Assert.Empty(tree.GetDiagnostics(TestContext.Current.CancellationToken).Select(diagnostic => $"{diagnostic}\nin what was generated for\n{source}"));
    }
}
