using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Awaits a send or a close whose result is ignored.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitSendFix))]
[Shared]
public sealed class AwaitSendFix() : TextFix(DiagnosticIds.IgnoredSend, "Await '{0}'", Named.Text)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        var expression = finding.Node.AncestorsAndSelf().TakeWhile(node => node is not AnonymousFunctionExpressionSyntax)
            .OfType<ExpressionSyntax>()
            .LastOrDefault(node => node.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax);

        // With '?.' the result may be null, which cannot be awaited.
        return expression is InvocationExpressionSyntax && AsyncMethods.MakeAsync(finding, expression) is { } edits
            ? [.. edits, Edit.Insert(finding.Document, expression.SpanStart, "await ")]
            : [];
    }
}
