using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds using directives to a file.</summary>
internal static class Usings
{
    /// <summary>Adds using directives in sorted order, except for types that the position can already name.</summary>
    /// <param name="finding">The finding that needs them.</param>
    /// <param name="position">The position that must be able to name the types.</param>
    /// <param name="types">Types, with their namespaces in order.</param>
    public static IEnumerable<Edit> Add(Finding finding, int position, params (string Space, string Type)[] types)
    {
        var spaces = types.Where(type => !IsInReach(finding, position, type.Space + "." + type.Type, type.Type))
            .Select(type => type.Space).ToList();
        if (spaces.Count == 0 || finding.Root is not CompilationUnitSyntax unit)
            return [];
        if (unit.Usings.Count == 0)
            return [Edit.Insert(
                finding.Document, unit.FullSpan.Start, string.Concat(spaces.Select(space => $"using {space};\n")) + "\n")];

        var usings = unit.Usings.Where(directive =>
            directive is { Alias: null, StaticKeyword.RawKind: 0, GlobalKeyword.RawKind: 0 }).ToList();
        return spaces.Select(space => Edit.Insert(
            finding.Document,
            usings.Find(directive => Precedes(space, directive))?.SpanStart
                ?? (usings.LastOrDefault() ?? unit.Usings.Last()).FullSpan.End,
            $"using {space};\n"));
    }

    private static bool IsInReach(Finding finding, int position, string name, string type) =>
        finding.Model.LookupNamespacesAndTypes(position, name: type).Any(found => found.ToDisplayString() == name)
        || finding.Model.Compilation.GetTypeByMetadataName(name) is null;

    /// <summary>Whether a namespace sorts before that of a directive: System first, then by name.</summary>
    private static bool Precedes(string space, UsingDirectiveSyntax directive)
    {
        var other = directive.Name?.ToString() ?? "";
        return IsSystem(space) == IsSystem(other) ? string.CompareOrdinal(space, other) < 0 : IsSystem(space);
    }

    private static bool IsSystem(string space) => space == "System" || space.StartsWith("System.", StringComparison.Ordinal);
}
