using System.Collections.Immutable;
using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds <c>partial</c> to a controller and to the types around it, so that Krait can complete it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix : CodeFixProvider
{
    private const string Title = "Make partial";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.NotPartial];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create((context, document, diagnostics) => MakePartialAsync(document, diagnostics, context.CancellationToken)!);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellationToken => MakePartialAsync(context.Document, context.Diagnostics, cancellationToken), equivalenceKey: Title),
            context.Diagnostics);
        return Task.CompletedTask;
    }

    /// <summary>Inserts text rather than new syntax: every comment and blank stays as it was, and types that several controllers share change once.</summary>
    private static async Task<Document> MakePartialAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var insertions =
            from diagnostic in diagnostics
            let named = root!.FindNode(diagnostic.Location.SourceSpan)
            from type in named.DescendantNodesAndSelf().OfType<TypeDeclarationSyntax>().Where(IsController).Append(named)
            from lacking in type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            where !lacking.Modifiers.Any(SyntaxKind.PartialKeyword)
            group lacking by lacking.Keyword.SpanStart into types
            orderby types.Key
            select new TextChange(new TextSpan(types.Key, 0), "partial ");
        return document.WithText(text.WithChanges(insertions));
    }

    /// <summary>Whether a type within the one that is mended has the attribute, so that one fix is enough for both.</summary>
    private static bool IsController(TypeDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().Contains("WebSocketController"));
}
