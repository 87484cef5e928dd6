using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Strict;

/// <summary>What a project forbids, or warns of as an error, is its author's affair: nothing is said about generated code.</summary>
public sealed class ForbiddenCodeTests
{
    [Theory]
    [InlineData("[Obsolete(\"old\", true)]", "", "", "")]
    [InlineData("", "[Obsolete(\"old\", true)]", "", "")]
    [InlineData("", "", "[Obsolete(\"old\", true)]", "")]
    [InlineData("", "", "", "[Obsolete(\"old\", true)]")]
    [InlineData("[Obsolete(\"old\", true)]", "[Obsolete(\"old\", true)]", "[Obsolete(\"old\", true)]", "[Obsolete(\"old\", true)]")]
    [InlineData("[Obsolete(DiagnosticId = \"OLD1\")]", "", "", "")]
    [InlineData("", "[Obsolete(DiagnosticId = \"OLD1\")]", "", "")]
    [InlineData("", "", "[Obsolete(DiagnosticId = \"OLD1\")]", "")]
    [InlineData("", "", "", "[Obsolete(DiagnosticId = \"OLD1\")]")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]", "", "", "")]
    [InlineData("", "[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]", "", "")]
    [InlineData("", "", "[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]", "")]
    [InlineData("", "", "", "[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]")]
    public void A_class_its_constructor_a_handler_or_whatever_it_mentions(string onClass, string onConstructor, string onHandler, string elsewhere) => Check($$"""
        #pragma warning disable OLD1, NEW1
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        namespace App;

        {{elsewhere}}
        public sealed class Shop;

        {{elsewhere}}
        [JsonDerivedType(typeof(Buy), "buy")]
        public abstract record Order;

        {{elsewhere}}
        public sealed record Buy(string Name) : Order;

        {{elsewhere}}
        public sealed record Bought(string Name);

        {{elsewhere}}
        public sealed class NoteAttribute(Kind kind) : Attribute
        {
            {{elsewhere}}
            public Kind Kind { get; set; } = kind;
        }

        public enum Kind
        {
            {{elsewhere}}
            Old = 1,
            New = 1,
        }

        {{elsewhere}}
        [JsonSerializable(typeof(Order))]
        [JsonSerializable(typeof(Bought))]
        internal sealed partial class Json : JsonSerializerContext;

        {{onClass}}
        [Note(Kind.New, Kind = Kind.New)]
        [WebSocketController("/a")]
        public sealed partial class A
        {
            {{onConstructor}}
            public A(Shop shop, [FromQuery] Kind kind = Kind.New) => Console.WriteLine($"{shop} {kind}");

            {{onHandler}}
            [OnMessage]
            Bought Hear(Buy message) => new(message.Name);
        }
        """);

    [Fact]
    public void Types_of_a_library_that_is_an_experiment()
    {
        var library = UserProject.Compile("[assembly: System.Diagnostics.CodeAnalysis.Experimental(\"LIB1\")] public sealed class Shop;");
        CompilationLaw.CheckGenerated(Served(UserProject.Compile("""
            #pragma warning disable LIB1
            [WebSocketController("/a")]
            public sealed partial class A(Shop shop)
            {
                [OnMessage] string Echo(string message) => message + shop;
            }
            """).AddReferences(library.ToReference())));
    }

    private static void Check(string source) => CompilationLaw.CheckGenerated(Served(UserProject.Compile(source)));

    private static GeneratorRun Served(Microsoft.CodeAnalysis.CSharp.CSharpCompilation project)
    {
        var run = GeneratorRun.Of(StrictProject.Strictly(project));
        Assert.All(RefusalLaw.Controllers(run), controller => Assert.False(RefusalLaw.IsRefused(run, controller)));
        return run;
    }
}
