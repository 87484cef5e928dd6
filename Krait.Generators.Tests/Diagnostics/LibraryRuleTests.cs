using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>What an application does with controllers and base classes of the libraries that it refers to.</summary>
public sealed class LibraryRuleTests
{
    private const string Library = """
        [WebSocketController("/remote")]
        public sealed partial class Remote
        {
            [OnMessage] string Echo(string message) => message;
        }

        public static class Mapper
        {
            public static void MapRemote(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/", () => "");

            public static void Unrelated(string text) => Console.WriteLine(text);
        }

        public abstract class Logged
        {
            [OnClose] protected void Leave(CloseInfo info) => Console.WriteLine(info);

            protected void Log() => Console.WriteLine();
        }

        public abstract class Plain
        {
            protected void Log() => Console.WriteLine();
        }
        """;

    [Theory]
    [InlineData("app.MapWebSocketControllers(); app.[|Run|]();", true)]
    [InlineData("app.MapWebSocketControllers(); await app.[|RunAsync|]();", false)]
    [InlineData("Mapper.Unrelated(\"\"); app.[|Run|]();", true)]
    public Task An_application_that_maps_no_controller_of_its_library(string statements, bool isImage) =>
        Raises(DiagnosticIds.UnmappedLibrary, Library, "var app = WebApplication.CreateBuilder(args).Build();\n" + statements, isImage);

    [Theory]
    [InlineData("app.MapWebSocketController<Remote>(); app.Run();", true)]
    [InlineData("app.MapRemote(); app.Run();", true)]
    [InlineData("app.MapRemote(); app.Run();", false)]
    [InlineData("await app.StartAsync();", true)]
    public Task An_application_that_maps_its_library_or_does_not_run(string statements, bool isImage) =>
        Raises(DiagnosticIds.UnmappedLibrary, Library, "var app = WebApplication.CreateBuilder(args).Build();\n" + statements, isImage);

    [Fact]
    public Task A_library_whose_controllers_nobody_sees() => Raises(
        DiagnosticIds.UnmappedLibrary, Library.Replace("public sealed partial", "internal sealed partial"), "WebApplication.CreateBuilder(args).Build().Run();", true);

    [Theory]
    [InlineData("[|Logged|]", true)]
    [InlineData("[|Logged|]", false)]
    [InlineData("Plain", true)]
    public Task Handlers_of_a_base_class_in_a_library(string type, bool isImage) => Raises(
        DiagnosticIds.InheritedHandler,
        Library,
        $"[WebSocketController(\"/a\")]\npublic sealed partial class A : {type}\n{{\n    [OnMessage] void Hear(string message) => Log();\n}}",
        isImage);

    private static async Task Raises(string id, string library, string marked, bool isImage)
    {
        var source = MarkedSource.Parse(marked);
        var reference = isImage ? UserLibrary.Reference(library) : UserLibrary.Compile(library).ToMetadataReference();
        var run = GeneratorRun.Of(UserProject.Compile(source.Text).WithOptions(UserProject.OptionsOf([source.Text])).AddReferences(reference));

        var diagnostics = await KraitAnalyzers.Analyze(run.Output);

        Assert.Equal(source.Spans.Select(span => (id, span)), diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.DoesNotContain(
            run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
