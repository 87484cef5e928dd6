using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Removes the comma of an empty subprotocol.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveCommaFix))]
[Shared]
public sealed class RemoveCommaFix() : TextFix(DiagnosticIds.MalformedProtocol, "Remove the extra comma")
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        // An empty entry has no text to underline, so the comma or the quote before it is underlined.
        var underlined = finding.Diagnostic.Location.SourceSpan;
        if (underlined.Length != 1 || finding.Node.FirstAncestorOrSelf<LiteralExpressionSyntax>() is not { } literal)
            return [];

        var text = literal.ToString();
        var start = underlined.Start - literal.SpanStart;
        var isFirst = text[start] == '"' && text.Take(start).All(character => character is '@' or '"');
        var comma = isFirst ? SkipBlanks(text, start + 1) : start;
        if (text[comma] != ',')
            return [];

        var removed = TextSpan.FromBounds(isFirst ? start + 1 : comma, SkipBlanks(text, comma + 1));
        return [Edit.Replace(finding.Document, new(literal.SpanStart + removed.Start, removed.Length), "")];
    }

    private static int SkipBlanks(string text, int index)
    {
        while (text[index] == ' ')
            index++;

        return index;
    }
}
