namespace Krait.Generators.Parsing;

/// <summary>Puts what stands in several parts of a class in an order that does not depend on the order of the project's files.</summary>
internal static class SourceOrder
{
    /// <summary>Sorts by file, then by position; what has no source stays in place.</summary>
    public static IEnumerable<T> InSourceOrder<T>(this IEnumerable<T> items, Func<T, SyntaxReference?> reference) =>
        items.OrderBy(item => reference(item)?.SyntaxTree.FilePath ?? "", StringComparer.Ordinal).ThenBy(item => reference(item)?.Span.Start ?? 0);
}
