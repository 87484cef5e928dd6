using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Brings namespaces into a file.</summary>
internal static class Usings
{
    /// <summary>Adds using directives in their places, but for those whose type is in reach at the position already.</summary>
    /// <param name="finding">What asks for them.</param>
    /// <param name="position">Where the types are to be in reach.</param>
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

    /// <summary>Whether a namespace stands before that of a directive: those of System first, then by name.</summary>
    private static bool Precedes(string space, UsingDirectiveSyntax directive)
    {
        var other = directive.Name?.ToString() ?? "";
        return IsSystem(space) == IsSystem(other) ? string.CompareOrdinal(space, other) < 0 : IsSystem(space);
    }

    private static bool IsSystem(string space) => space == "System" || space.StartsWith("System.", StringComparison.Ordinal);
}
