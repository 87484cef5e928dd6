using System.Globalization;
using System.Text.RegularExpressions;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.Tests.Documentation;

/// <summary>The documentation comments of the public API use plain words: see <see cref="PlainWords"/>.</summary>
public sealed partial class CommentWordsTests
{
    [Theory]
    [InlineData("Krait.Runtime")]
    [InlineData("Krait.Redis")]
    [InlineData("Krait.Sockets")]
    public void Comments_of_public_members_use_plain_words(string project) =>
        Assert.Empty(
            from file in Directory.EnumerateFiles(Path.Combine(TestProject.Repository, project), "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(TestProject.Repository, file)
            where !path.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any()
            orderby path
            from complaint in Complaints(path, File.ReadAllText(file))
            select complaint);

    [Fact]
    public void A_habit_is_found_in_comments_of_public_members_only() => Assert.Equal(
        ["a.cs(1): What", "a.cs(4): is told", "a.cs(9): Nobody", "a.cs(15): beside"],
        Complaints("a.cs", """
            /// <summary>What is public.</summary>
            public interface IPublic
            {
                /// <summary>The room is
                /// told of the user. See <see cref="IBeside"/> and <c>nobody</c>.</summary>
                void Call();

                /// <returns>Text.</returns>
                /// <exception cref="Exception">Nobody</exception>
                string Answer();
            }

            public enum Kind
            {
                /// <summary>Runs beside another.</summary>
                One,
            }

            [Serializable]
            public sealed class Outer
            {
                /// <summary>Nobody sees this.</summary>
                private int _field;

                /// <summary>Nobody sees this.</summary>
                internal sealed class Inner
                {
                    /// <summary>Nobody sees this.</summary>
                    public int Value => _field; // Nobody sees this.
                }
            }
            """));

    private static IEnumerable<string> Complaints(string path, string code) =>
        from comment in CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<DocumentationCommentTriviaSyntax>()
        where IsPublic(comment.ParentTrivia.Token.Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>())
        let first = comment.GetLocation().GetLineSpan().StartLinePosition.Line
        from found in PlainWords.Find(PlainWords.Blank(NotProse(), comment.ToFullString()))
        select string.Create(CultureInfo.InvariantCulture, $"{path}({first + found.Line}): {Spaces().Replace(found.Words, " ")}");

    private static bool IsPublic(MemberDeclarationSyntax? member) =>
        member is not null && member.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().All(static one =>
            one is BaseNamespaceDeclarationSyntax or EnumMemberDeclarationSyntax
            || one.Modifiers.Any(SyntaxKind.PublicKeyword)
            || one.Modifiers.Any(SyntaxKind.ProtectedKeyword)
            || (one.Parent is InterfaceDeclarationSyntax && one.Modifiers.Count == 0));

    // Tags, code and the slashes at the beginnings of lines.
    [GeneratedRegex("^\\s*///|<c>.*?</c>|<code>.*?</code>|<[^>]*>", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
