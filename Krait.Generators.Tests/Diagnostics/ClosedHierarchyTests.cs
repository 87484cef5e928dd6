using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>Closed hierarchies and unions of C# 15, as a library of .NET 11 has them in its metadata.</summary>
public sealed class ClosedHierarchyTests
{
    private const LanguageVersion Newest = LanguageVersion.Preview;

    private const string Framework = """
        using System;

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

#if NEWEST_COMPILER
    private const string Shapes = """
        namespace Shapes
        {
            [System.Text.Json.Serialization.JsonPolymorphic(InferClosedTypePolymorphism = true)]
            public closed record Shape;

            public sealed record Circle : Shape;

            public closed record Angular : Shape;

            public sealed record Square : Angular;

            public union Pet(Circle, Square);
        }
        """;
#else
    // What the newer compiler writes for the same, which forbids to write it by hand.
    private const string Shapes = """
        namespace Shapes
        {
            [System.Text.Json.Serialization.JsonPolymorphic(InferClosedTypePolymorphism = true)]
            [System.Runtime.CompilerServices.IsClosedType(DerivedTypes = new[] { typeof(Circle), typeof(Angular) })]
            public abstract record Shape;

            public sealed record Circle : Shape;

            [System.Runtime.CompilerServices.IsClosedType(DerivedTypes = new[] { typeof(Square) })]
            public abstract record Angular : Shape;

            public sealed record Square : Angular;

            [System.Runtime.CompilerServices.Union]
            public readonly struct Pet : System.Runtime.CompilerServices.IUnion
            {
                public object? Value => null;
            }
        }
        """;
#endif

    [Fact]
    public async Task A_handler_for_each_type_of_a_closed_hierarchy() => Assert.Empty(await Complaints("""
        [OnMessage] void Hear(Circle circle) => Console.WriteLine(circle);

        [OnMessage] void Hear(Square square) => Console.WriteLine(square);
        """));

    [Fact]
    public async Task A_type_of_a_closed_hierarchy_that_no_handler_takes() => Assert.Equal(
        [(DiagnosticIds.UnhandledMessage, "'A' has no handler for 'Square', so Krait refuses such messages; add an [OnMessage] handler for each, or one for 'Shape'")],
        await Complaints("[OnMessage] void Hear(Circle circle) => Console.WriteLine(circle);", "Receives = typeof(Shape)"));

    [Theory]
    [InlineData("[OnMessage] void Hear(Pet pet) => Console.WriteLine(pet);")]
    [InlineData("[OnMessage] Pet Find(string name) => default;")]
    public async Task A_union_of_the_language(string members) => Assert.Equal(
        [(DiagnosticIds.UnfitUnion, "'Pet' cannot be a union of JSON messages: a C# union has no type tag on the wire; derive its types from one base that lists them in [JsonDerivedType], or add a [MessageCodec] that decodes it")],
        await Complaints(members));

    [Fact]
    public async Task A_union_of_the_language_that_a_codec_decodes() => Assert.Empty(await Complaints("""
        [OnMessage] void Hear(Pet pet) => Console.WriteLine(pet);

        public sealed class Codec : IMessageDecoder<Pet>
        {
            public Pet Decode(in ReceivedMessage message) => default;
        }
        """, "", "[MessageCodec(typeof(A.Codec))]"));

    private static async Task<IEnumerable<(string Id, string Text)>> Complaints(string members, string arguments = "", string attributes = "")
    {
        var run = GeneratorRun.Of(UserProject.Compile($$"""
            using Shapes;

            [System.Text.Json.Serialization.JsonSerializable(typeof(Shape))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Pet))]
            internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;

            {{attributes}}
            [WebSocketController("/a"{{(arguments.Length > 0 ? ", " + arguments : "")}})]
            public sealed partial class A
            {
                {{members}}
            }
            """).AddReferences(UserProject.Compile(Framework, Shapes).WithLanguage(Newest).ToReference()));
        return (await KraitAnalyzers.Analyze(run.Output)).Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(null)));
    }
}
