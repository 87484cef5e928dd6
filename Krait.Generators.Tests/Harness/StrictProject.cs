using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.Tests.Harness;

/// <summary>
/// The same sources in the strictest project there can be: CLS-compliant, warnings are errors, and whatever the user declares is
/// experimental, and obsolete as an error. Only the controllers are not, since what is obsolete may name what is obsolete.
/// </summary>
internal static class StrictProject
{
    /// <summary>Makes a project strict.</summary>
    public static CSharpCompilation Of(CSharpCompilation project)
    {
        var marker = new Marker();
        var cancellation = TestContext.Current.CancellationToken;
        var trees = project.SyntaxTrees.Select(tree => tree.WithRootAndOptions(marker.Visit(tree.GetRoot(cancellation))!, tree.Options));
        return Strictly(project.RemoveAllSyntaxTrees().AddSyntaxTrees(trees));
    }

    /// <summary>Turns warnings into errors, and demands CLS compliance.</summary>
    public static CSharpCompilation Strictly(CSharpCompilation project)
    {
        var options = (CSharpParseOptions)project.SyntaxTrees[0].Options;
        return project
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText("[assembly: System.CLSCompliant(true)]", options, "Assembly.cs"))
            .WithOptions(project.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Error));
    }

    private sealed class Marker : CSharpSyntaxRewriter
    {
        private static readonly AttributeListSyntax Marks = SyntaxFactory.ParseMemberDeclaration("""
            [global::System.Obsolete("strict", true), global::System.Diagnostics.CodeAnalysis.Experimental("STRICT001")] class C;
            """)!.AttributeLists[0];

        private readonly HashSet<string> marked = [];

        public override SyntaxNode? Visit(SyntaxNode? node)
        {
            var visited = base.Visit(node);
            return node is MemberDeclarationSyntax member && IsMarkable(member) ? Mark((MemberDeclarationSyntax)visited!) : visited;
        }

        private bool IsMarkable(MemberDeclarationSyntax node) => node switch
        {
            _ when Names(node, "Obsolete", "Experimental") => false,
            BaseTypeDeclarationSyntax type => !HoldsController(type) && marked.Add(Path(type)),
            ConstructorDeclarationSyntax constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword),
            MethodDeclarationSyntax method => !method.Modifiers.Any(word => word.Kind() is SyntaxKind.PartialKeyword or SyntaxKind.OverrideKeyword),
            PropertyDeclarationSyntax or EnumMemberDeclarationSyntax or DelegateDeclarationSyntax => true,
            _ => false,
        };

        private static bool HoldsController(BaseTypeDeclarationSyntax type) =>
            type.DescendantNodesAndSelf().OfType<BaseTypeDeclarationSyntax>().Any(inner => Names(inner, "WebSocketController"));

        /// <summary>The names of a type and those around it: only one of several parts may have the attributes.</summary>
        private static string Path(BaseTypeDeclarationSyntax type) =>
            string.Join('.', type.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().Select(outer => outer.Identifier.ValueText));

        private static bool Names(MemberDeclarationSyntax node, params string[] names) =>
            node.AttributeLists.SelectMany(list => list.Attributes)
                .Any(attribute => names.Contains(attribute.Name.ToString().Split('.')[^1]));

        private static MemberDeclarationSyntax Mark(MemberDeclarationSyntax node) => node
            .WithoutLeadingTrivia()
            .WithAttributeLists(((MemberDeclarationSyntax)node.WithoutLeadingTrivia()).AttributeLists
                .Insert(0, Marks.WithLeadingTrivia(node.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space)));
    }
}
