using System.Runtime.CompilerServices;
using Krait.Generators.Parsing;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>The index finds by names what a walk over every symbol of the project finds.</summary>
public sealed class ProjectIndexTests
{
    private static readonly string[] Spellings =
    [
        """
        global using Everywhere = Krait.WebSocketControllerAttribute;
        global using BaseAttribute = App.Marked;
        """,
        """
        using Here = Krait.WebSocketControllerAttribute;
        using K = Krait;

        namespace App
        {
            using InnerAttribute = Krait.WebSocketControllerAttribute;

            [WebSocketController("/1")] partial class One;
            [WebSocketControllerAttribute("/2")] partial class Two;
            [Krait.WebSocketController("/3")] partial class Three;
            [global::Krait.WebSocketControllerAttribute("/4")] partial class Four;
            [K::WebSocketController("/5")] partial class Five;
            [Here("/6")] partial class Six;
            [Inner("/7")] partial class Seven;
            [Everywhere("/8")] partial class Eight;
            [WebSocketC\u006Fntroller("/9")] partial class Nine;

            namespace Deep.Er
            {
                interface IOuter<T>
                {
                    record struct Middle
                    {
                        [Obsolete, WebSocketController("/10")] partial class @Ten;
                    }
                }
            }

            [WebSocketController("/11")] file partial class Eleven;
            partial class Twelve<T>;
            partial class Twelve;
            class None;
        }
        """,
        """
        namespace App;

        [WebSocketController("/12")] partial class Twelve;
        [Uncompressed] public record Marked;
        public record Loud : App.Marked;
        public record Louder<T>(T Value) : Loud;
        public record Loudest() : global::App.Louder<int>(1);
        public record Aliased : BaseAttribute;
        [Uncompressed] public interface IMarked;
        public interface IMore : IMarked;
        public struct Value : IMore, IDisposable { public void Dispose() { } }
        file record Hidden : Loud;
        public record Silent;
        public record Quiet : Silent;
        """,
    ];

    [Fact]
    public void Controllers_are_found_however_their_attribute_is_written()
    {
        var project = UserProject.Compile(Spellings);
        var attribute = project.GetTypeByMetadataName(KnownSymbols.ControllerAttributeName);

        var found = Names(new ProjectIndex(project).WithAttribute("WebSocketControllerAttribute").Where(IsController));

        Assert.Equal(Names(KnownSymbols.Types(project.Assembly.GlobalNamespace).Where(IsController)), found);
        Assert.Equal(12, found.Count);

        bool IsController(INamedTypeSymbol type) => type.Find(attribute) is not null;
    }

    [Fact]
    public void Types_that_inherit_a_mark_are_found_however_their_base_is_written()
    {
        var project = UserProject.Compile(Spellings);
        var attribute = project.GetTypeByMetadataName("Krait.UncompressedAttribute");

        var found = Names(new ProjectIndex(project).DerivedFrom("UncompressedAttribute", []).Where(IsMarked));

        Assert.Equal(Names(KnownSymbols.Types(project.Assembly.GlobalNamespace).Where(IsMarked)), found);
        Assert.Equal(9, found.Count);

        bool IsMarked(INamedTypeSymbol type) => Union.Bases(type).Any(candidate => candidate.Find(attribute) is not null);
    }

    [Fact]
    public void A_type_that_derives_from_one_of_another_assembly_is_found_by_its_name()
    {
        var project = UserProject.Compile("class Fault : System.IO.IOException; class Worse : Fault; class Other : Exception;");

        Assert.Equal(["Fault", "Worse"], Names(new ProjectIndex(project).DerivedFrom("UncompressedAttribute", ["IOException"])));
    }

    [Fact]
    public void An_edit_leaves_what_is_known_of_other_files()
    {
        var project = UserProject.Compile(Spellings);
        var known = project.SyntaxTrees.Select(FileIndex.Of).ToList();

        var edited = project.ReplaceSyntaxTree(project.SyntaxTrees[0], UserProject.Parse("class New;", "Source0.cs"));

        Assert.Equal([false, true, true, true], edited.SyntaxTrees.Select(FileIndex.Of).Zip(known, ReferenceEquals));
    }

    [Fact]
    public void What_is_remembered_keeps_no_compilation()
    {
        var trees = UserProject.Compile(Spellings).SyntaxTrees;
        var project = Analyzed(trees);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(project.IsAlive);
        GC.KeepAlive(trees);
    }

    private static List<string> Names(IEnumerable<INamedTypeSymbol> types) => [.. types.Select(type => type.Name).Order()];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Analyzed(IEnumerable<SyntaxTree> trees)
    {
        var project = UserProject.Empty.AddSyntaxTrees(trees);
        Assert.NotEmpty(new EditedProject(project, project.SyntaxTrees[2]).Analyze(KraitAnalyzers.All));
        return new(project);
    }
}
