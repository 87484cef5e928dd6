using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Finds the text to remove with an attribute.</summary>
internal static class AttributeLists
{
    /// <summary>The attribute with its comma, or its whole list up to the next token.</summary>
    public static TextSpan WithSeparator(AttributeListSyntax list, AttributeSyntax attribute)
    {
        var index = list.Attributes.IndexOf(attribute);
        if (list.Attributes.Count > 1)
        {
            return index == 0
                ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart)
                : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
        }

        // A comment between the list and what follows must stay.
        var next = list.GetLastToken().GetNextToken().SpanStart;
        var between = list.SyntaxTree.GetText().ToString(TextSpan.FromBounds(list.Span.End, next));
        return string.IsNullOrWhiteSpace(between) ? TextSpan.FromBounds(list.SpanStart, next) : list.Span;
    }
}
