namespace Krait.Generators.Parsing;

/// <summary>Recognizes the attributes that ASP.NET Core reads from endpoints.</summary>
internal static class EndpointMetadata
{
    /// <summary>
    /// Whether an attribute is, derives from, or implements a type of ASP.NET Core. True if a base is unknown.
    /// </summary>
    public static bool Is(INamedTypeSymbol type) => Union.Bases(type).Any(ancestor => ancestor.TypeKind == TypeKind.Error
        || $"{ancestor.ContainingNamespace}.".StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));
}
