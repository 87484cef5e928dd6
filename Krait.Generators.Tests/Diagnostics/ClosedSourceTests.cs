#if NEWEST_COMPILER
using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>Closed hierarchies and unions in the project's own source, where the compiler has not written any attribute yet.</summary>
public sealed class ClosedSourceTests
{
    private const string Framework = """
        namespace System.Runtime.CompilerServices
        {
            public sealed class IsClosedTypeAttribute : Attribute
            {
                public Type[]? DerivedTypes { get; set; }
            }

            public sealed class UnionAttribute : Attribute;

            public interface IUnion
            {
                object? Value { get; }
            }
        }

        namespace System.Text.Json.Serialization
        {
            public sealed class JsonPolymorphicAttribute : Attribute
            {
                public bool InferClosedTypePolymorphism { get; set; }
            }
        }
        """;

    private const string Controller = """
        [System.Text.Json.Serialization.JsonSerializable(typeof(Shape))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/a", Receives = typeof(Shape))]
        public sealed partial class A
        {
            [OnMessage] void Hear(Circle circle) => Console.WriteLine(circle);
        }
        """;

    private const string Shapes = """
        [System.Text.Json.Serialization.JsonPolymorphic(InferClosedTypePolymorphism = true)]
        public closed record Shape;

        public sealed record Circle : Shape;
        """;

    [Fact]
    public async Task A_type_that_no_handler_takes() => Assert.Equal(
        [DiagnosticIds.UnhandledMessage], await Complaints(Project(Controller, Shapes, "public sealed record Square : Shape;")));

    [Fact]
    public async Task Every_type_has_a_handler() => Assert.Empty(await Complaints(Project(Controller, Shapes)));

    [Fact]
    public async Task A_type_that_another_file_adds_later_gives_what_a_first_run_gives()
    {
        var before = GeneratorRun.Of(Project(Controller, Shapes));
        var edited = Project(Controller, Shapes, "public sealed record Square : Shape;");

        Assert.Equal(GeneratorRun.Of(edited).Texts, before.Then(edited).Texts);
        Assert.NotEmpty(await Complaints(edited));
    }

    [Fact]
    public async Task A_union_of_the_language() => Assert.Equal([DiagnosticIds.UnfitUnion], await Complaints(Project("""
        public sealed record Cat;

        public sealed record Dog;

        public union Pet(Cat, Dog);

        [System.Text.Json.Serialization.JsonSerializable(typeof(Pet))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] void Hear(Pet pet) => Console.WriteLine(pet);
        }
        """)));

    private static CSharpCompilation Project(params IEnumerable<string> sources) => UserProject.Compile([.. sources, Framework]).WithLanguage(LanguageVersion.Preview);

    private static async Task<IEnumerable<string>> Complaints(CSharpCompilation project) =>
        (await KraitAnalyzers.Analyze(GeneratorRun.Of(project).Output)).Select(diagnostic => diagnostic.Id);
}
#endif
