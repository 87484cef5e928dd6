using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Removes the second entry of a subprotocol, with its comma.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveProtocolFix))]
[Shared]
public sealed class RemoveProtocolFix() : TextFix(DiagnosticIds.RepeatedProtocol, "Remove the second '{0}'", Named.Text)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        // If the literal has escapes, the whole literal is underlined instead of the name.
        var name = finding.Diagnostic.Location.SourceSpan;
        if (finding.Node.FirstAncestorOrSelf<LiteralExpressionSyntax>() is not { } literal || name == literal.Span)
            return [];

        var comma = literal.ToString().LastIndexOf(',', name.Start - literal.SpanStart);
        return comma < 0 ? [] : [Edit.Replace(finding.Document, TextSpan.FromBounds(literal.SpanStart + comma, name.End), "")];
    }
}
