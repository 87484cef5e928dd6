using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.Parsing;

/// <summary>Finds the position of a piece of a constant string in the source.</summary>
internal static class ConstantText
{
    /// <summary>
    /// The place of a piece. If the source does not contain it literally, the smallest known expression around it.
    /// </summary>
    public static Location Place(ExpressionSyntax expression, string value, int start, int length)
    {
        var operands = Operands(expression).ToList();
        var literals = operands.Select(Literal).ToList();
        if (literals.Count(literal => literal is null) > 1)
            return expression.GetLocation();

        // An operand that is not a literal has the rest of the length.
        var rest = value.Length - literals.Sum(literal => literal?.Length ?? 0);
        var index = 0;
        for (; index < operands.Count - 1 && start >= (literals[index]?.Length ?? rest); index++)
            start -= literals[index]?.Length ?? rest;

        return literals[index] is null || Offsets(((LiteralExpressionSyntax)operands[index]).Token) is not { } offsets
            ? operands[index].GetLocation()
            : Location.Create(expression.SyntaxTree, Span(operands[index].SpanStart, offsets, start, length));
    }

    private static IEnumerable<ExpressionSyntax> Operands(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Operands(inner.Expression),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => Operands(sum.Left).Concat(Operands(sum.Right)),
        _ => [expression],
    };

    private static string? Literal(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? literal.Token.ValueText
            : null;

    /// <summary>
    /// An empty piece, such as a missing brace at the end, still needs something to underline: the character before it.
    /// </summary>
    private static TextSpan Span(int literal, List<int> offsets, int start, int length) => length == 0
        ? new(literal + offsets[start] - 1, 1)
        : TextSpan.FromBounds(literal + offsets[start], literal + offsets[Math.Min(start + length, offsets.Count - 1)]);

    /// <summary>
    /// The position of each character of a literal in the source, and of the closing quote; null if they are unknown.
    /// </summary>
    private static List<int>? Offsets(SyntaxToken token)
    {
        var text = token.Text;
        var isRaw = token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken);
        if (!isRaw && !token.IsKind(SyntaxKind.StringLiteralToken))
            return null;

        var isVerbatim = text[0] == '@';
        var quotes = isRaw ? text.TakeWhile(character => character == '"').Count() : 1;
        var offsets = new List<int>();
        var at = isVerbatim ? 2 : quotes;
        while (at < text.Length - quotes)
        {
            offsets.Add(at);
            at += isRaw ? 1 : Width(text, at, isVerbatim);
        }

        offsets.Add(text.Length - quotes);
        return offsets.Count == token.ValueText.Length + 1 ? offsets : null;
    }

    /// <summary>How many characters a literal that is not raw writes for one.</summary>
    private static int Width(string text, int at, bool isVerbatim)
    {
        if (isVerbatim)
            return text[at] == '"' ? 2 : 1;

        return text[at] == '\\' ? EscapeWidth(text, at) : 1;
    }

    private static int EscapeWidth(string text, int at) => text[at + 1] switch
    {
        'u' => 6,
        'x' => 2 + text.Skip(at + 2).Take(4).TakeWhile(Uri.IsHexDigit).Count(),
        _ => 2,
    };
}
