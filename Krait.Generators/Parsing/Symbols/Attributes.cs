namespace Krait.Generators.Parsing;

/// <summary>How attributes are looked up and read.</summary>
internal static class Attributes
{
    extension(ISymbol symbol)
    {
        /// <summary>Whether it has an attribute whose class has that name, whatever its namespace.</summary>
        public bool Has(string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

        public AttributeData? Find(INamedTypeSymbol? known)
        {
            // Without a query, which would allocate: this is asked of every type of every message at every edit.
            foreach (var attribute in symbol.GetAttributes())
            {
                if (attribute.AttributeClass.Is(known))
                    return attribute;
            }

            return null;
        }

        /// <summary>Its attributes of a known class, sorted by file if the symbol has several parts.</summary>
        public IEnumerable<AttributeData> FindAll(INamedTypeSymbol? known)
        {
            var found = symbol.GetAttributes().Where(attribute => attribute.AttributeClass.Is(known));
            return symbol.DeclaringSyntaxReferences.Length > 1
                ? found.InSourceOrder(attribute => attribute.ApplicationSyntaxReference)
                : found;
        }
    }

    /// <summary>A named argument that is one value; null if it is not set.</summary>
    public static object? Named(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument =>
            argument.Key == name).Value is { Kind: not TypedConstantKind.Array } argument
            ? argument.Value
            : null;

    /// <summary>
    /// Sorts by file, then by position, so that the attributes of several parts of a class do not depend on the order of the
    /// project's files. Attributes without source keep their order.
    /// </summary>
    public static IEnumerable<T> InSourceOrder<T>(this IEnumerable<T> items, Func<T, SyntaxReference?> reference) =>
        items.OrderBy(item => reference(item)?.SyntaxTree.FilePath ?? "", StringComparer.Ordinal)
            .ThenBy(item => reference(item)?.Span.Start ?? 0);
}
