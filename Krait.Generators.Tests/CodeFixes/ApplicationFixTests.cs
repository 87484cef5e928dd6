using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

public sealed class ApplicationFixTests
{
    private const string Loop = "using var socket = await context.WebSockets.AcceptWebSocketAsync();\n    /* read */\n\n    while (true)\n        await socket.ReceiveAsync(new byte[9], default);";

    private const string Comment = """
                // What the loop did:
                // {
                //     using var socket = await context.WebSockets.AcceptWebSocketAsync();
                //     /* read */
                //
                //     while (true)
                //         await socket.ReceiveAsync(new byte[9], default);
                // }
                throw new System.NotImplementedException();
        """;

    [Theory]
    [InlineData("app.Run();", "app.MapWebSocketControllers();\napp.Run();")]
    [InlineData("// starts\napp.Run(\"http://localhost:0\"); // and waits", "// starts\napp.MapWebSocketControllers();\napp.Run(\"http://localhost:0\"); // and waits")]
    [InlineData("await app.RunAsync();", "app.MapWebSocketControllers();\nawait app.RunAsync();")]
    [InlineData("try\n{\n    app.Run();\n}\nfinally { }", "try\n{\n    app.MapWebSocketControllers();\n    app.Run();\n}\nfinally { }")]
    public Task Controllers_are_mapped_before_the_application_runs(string before, string after) => Mended<MapControllersFix>.Gives(Program(before), Program(after));

    [Fact]
    public Task Controllers_are_mapped_wherever_the_application_may_run() => Mended<MapControllersFix>.GivesAll(
        Program("if (args.Length > 0)\n{\n    app.Run(args[0]);\n}\nelse\n{\n    app.Run();\n}"),
        Program("if (args.Length > 0)\n{\n    app.MapWebSocketControllers();\n    app.Run(args[0]);\n}\nelse\n{\n    app.MapWebSocketControllers();\n    app.Run();\n}"));

    [Theory]
    [InlineData("WebApplication.Create(args).Run();")]
    [InlineData("if (args.Length > 0) app.Run();")]
    [InlineData("Start(); void Start() => app.Run();")]
    public Task An_application_that_has_no_name_or_no_statement_of_its_own_is_left_alone(string statements) => Mended<MapControllersFix>.Leaves(Program(statements));

    [Theory]
    [InlineData("Map(\"/a\", ", "", "\"/a\"", "AController", "")]
    [InlineData("MapGet(\"/chat/rooms-{id:int}/{name?}\", ", "", "\"/chat/rooms-{id:int}/{name?}\"", "ChatRoomsController", "(string id, string? name)")]
    [InlineData("Map(@\"/live/quotes.v2/{event}\", ", "", "@\"/live/quotes.v2/{event}\"", "LiveQuotesV2Controller", "(string @event)")]
    [InlineData("Map(\"/b\", ", "public sealed class BController;\n", "\"/b\"", "BController2", "")]
    [InlineData("Map(\"/\", ", "", "\"/\"", "RootController", "")]
    public Task A_loop_becomes_a_controller_of_its_path(string map, string others, string path, string name, string parameters) => Mended<WriteControllerFix>.Gives(
        $"var app = WebApplication.Create(args);\napp.{map}async (HttpContext context) =>\n{{\n    {Loop}\n}});\napp.Run();\n{others}",
        $"var app = WebApplication.Create(args);\napp.MapWebSocketController<{name}>();\napp.Run();\n{others}\n{Controller(path, name, parameters)}\n",
        rename: name);

    [Fact]
    public Task A_loop_in_a_method_becomes_a_controller_behind_its_class() => Mended<WriteControllerFix>.Gives(
        $$"""
        namespace Live;

        public static class Quotes
        {
            public static void Map(WebApplication app)
            {
                app.Map("/quotes", async context =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    for (;;)
                        await socket.ReceiveAsync(new byte[9], default);
                });
            }
        }
        """,
        """
        namespace Live;

        public static class Quotes
        {
            public static void Map(WebApplication app)
            {
                app.MapWebSocketController<QuotesController>();
            }
        }

        [WebSocketController("/quotes")]
        public sealed partial class QuotesController
        {
            [OnMessage]
            void Handle(RawMessage message)
            {
                // What the loop did:
                // {
                //     using var socket = await context.WebSockets.AcceptWebSocketAsync();
                //     for (;;)
                //         await socket.ReceiveAsync(new byte[9], default);
                // }
                throw new System.NotImplementedException();
            }
        }

        """,
        rename: "QuotesController");

    [Fact]
    public Task Loops_whose_paths_have_the_same_words_become_controllers_of_different_names() => Mended<WriteControllerFix>.GivesAll(
        $"var app = WebApplication.Create(args);\napp.Map(\"/a\", async context =>\n{{\n    {Loop}\n}});\napp.Map(\"/a/{{b}}\", async context =>\n{{\n    {Loop}\n}});\napp.Run();\n",
        $"var app = WebApplication.Create(args);\napp.MapWebSocketController<AController>();\napp.MapWebSocketController<AController2>();\napp.Run();\n\n{Controller("\"/a\"", "AController", "")}\n\n{Controller("\"/a/{b}\"", "AController2", "(string b)")}\n");

    [Theory]
    [InlineData("app.Map(\"/a\", async (HttpContext context) =>\n{\n    LOOP\n}).RequireAuthorization();")]
    [InlineData("app.Map(\"/{a\", async (HttpContext context) =>\n{\n    LOOP\n});")]
    [InlineData("app.Map(args[0], async (HttpContext context) =>\n{\n    LOOP\n});")]
    [InlineData("app.Map(\"/a\", Serve);\nstatic async Task Serve(HttpContext context)\n{\n    LOOP\n}")]
    [InlineData("app.Use(async (HttpContext context, RequestDelegate next) =>\n{\n    LOOP\n});")]
    public Task A_loop_that_may_serve_something_else_is_left_alone(string statements) => Mended<WriteControllerFix>.Leaves(
        $"var app = WebApplication.Create(args);\n{statements.Replace("LOOP", Loop, StringComparison.Ordinal)}\napp.Run();\n");

    [Fact]
    public async Task All_controllers_of_a_library_are_mapped()
    {
        const string help = "[WebSocketController(\"/help\")]\npublic sealed partial class Help { [OnMessage] string Answer(string text) => text; }";
        const string news = "[WebSocketController(\"/news\")]\npublic sealed partial class News { [OnOpen] string Greet() => \"hello\"; }";
        var test = new CodeFixTest<MapLibraryFix>("var app = WebApplication.Create(args);\napp.Run();\n").On($"namespace Library.Live;\n\n{help}\n\n{news}\n");

        Assert.Equal("Map the controllers of 'Library'", await test.Title());
        await test.Fix();

        const string mapped = "app.MapWebSocketController<Library.Live.Help>();\napp.MapWebSocketController<Library.Live.News>();\n";
        Assert.Equal($"var app = WebApplication.Create(args);\n{mapped}app.Run();\n", await test.Source(0));
        Assert.Empty(await test.Complaints());
    }

    private static string Program(string statements) =>
        $"var app = WebApplication.CreateBuilder(args).Build();\n{statements}\n\n[WebSocketController(\"/a\")]\npublic sealed partial class A\n{{\n    [OnMessage]\n    string Echo(string message) => message;\n}}\n";

    private static string Controller(string path, string name, string parameters) =>
        $"[WebSocketController({path})]\npublic sealed partial class {name}{parameters}\n{{\n    [OnMessage]\n    void Handle(RawMessage message)\n    {{\n{Comment}\n    }}\n}}";
}
