using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>What an application does with its controllers, or instead of them.</summary>
public sealed class ApplicationRuleTests
{
    private const string Controller = """

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """;

    [Theory]
    [InlineData("app.[|Run|]();")]
    [InlineData("app.[|Run|](\"http://localhost:0\");")]
    [InlineData("await app.[|RunAsync|]();")]
    [InlineData("WebApplication.Create(args).[|Run|](); // app.MapWebSocketControllers()")]
    public Task An_application_that_maps_no_controller(string statement) =>
        Raises(DiagnosticIds.MissingMapping, "var app = WebApplication.CreateBuilder(args).Build();\n" + statement + Controller);

    [Theory]
    [InlineData("app.MapWebSocketControllers(); app.Run();" + Controller)]
    [InlineData("app.MapGroup(\"/b\").MapWebSocketController<A>(); app.Run();" + Controller)]
    [InlineData("Microsoft.AspNetCore.Builder.KraitEndpointRouteBuilderExtensions.MapWebSocketController<A>(app); app.Run();" + Controller)]
    [InlineData("app.Run();")]
    [InlineData("app.Run(context => Task.CompletedTask);" + Controller)]
    [InlineData("await app.StartAsync();" + Controller)]
    [InlineData("Task.Run(() => { });" + Controller)]
    public Task An_application_that_maps_or_has_nothing_to_map(string statements) =>
        Raises(DiagnosticIds.MissingMapping, "var app = WebApplication.CreateBuilder(args).Build();\n" + statements);

    [Fact]
    public Task A_library_that_leaves_mapping_to_others() =>
        WrongCode.RaisesNothing(Controller + "public static class Server { public static void Start(WebApplication app) => app.Run(); }");

    [Theory]
    [InlineData("while (socket.State == WebSocketState.Open) await socket.ReceiveAsync(buffer, default);")]
    [InlineData("for (;;) { var received = await socket.ReceiveAsync(buffer.AsMemory(), default); if (received.Count == 0) break; }")]
    [InlineData("await Loop(socket);")]
    public Task A_loop_written_by_hand(string statements) => Raises(DiagnosticIds.HandWrittenLoop, Socket("[|AcceptWebSocketAsync|]", statements));

    [Theory]
    [InlineData("await socket.ReceiveAsync(buffer, default);")]
    [InlineData("await Hand(socket);")]
    [InlineData("for (var i = 0; i < 3; i++) await socket.SendAsync(buffer, WebSocketMessageType.Binary, true, default);")]
    public Task A_socket_that_is_not_read_in_a_loop(string statements) => Raises(DiagnosticIds.HandWrittenLoop, Socket("AcceptWebSocketAsync", statements));

    private static string Socket(string accept, string statements) => $$"""
        using System.Net.WebSockets;

        var app = WebApplication.CreateBuilder(args).Build();
        app.Map("/b", async (HttpContext context) =>
        {
            var buffer = new byte[10];
            using var socket = await context.WebSockets.{{accept}}();
            {{statements}}
        });
        app.Run();

        static async Task Loop(WebSocket socket)
        {
            do
            {
                await socket.ReceiveAsync(new byte[10], default);
            }
            while (socket.State == WebSocketState.Open);
        }

        static Task Hand(WebSocket socket) => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        """;

    private static async Task Raises(string id, string marked)
    {
        var source = MarkedSource.Parse(marked);
        var project = UserProject.Compile(source.Text);
        var run = GeneratorRun.Of(project.WithOptions(project.Options.WithOutputKind(OutputKind.ConsoleApplication)));

        var diagnostics = await KraitAnalyzers.Analyze(run.Output);

        Assert.Equal(source.Spans.Select(span => (id, span)), diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.DoesNotContain(run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
