using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Brings namespaces into a file.</summary>
internal static class Usings
{
    /// <summary>Adds a using directive in its place, unless the type is in reach at the position already.</summary>
    public static IEnumerable<Edit> Add(Finding finding, int position, string space, string type)
    {
        var name = space + "." + type;
        var inReach = finding.Model.LookupNamespacesAndTypes(position, name: type).Any(found => found.ToDisplayString() == name);
        if (inReach || finding.Model.Compilation.GetTypeByMetadataName(name) is null || finding.Root is not CompilationUnitSyntax unit)
            return [];

        var usings = unit.Usings.Where(directive => directive is { Alias: null, StaticKeyword.RawKind: 0, GlobalKeyword.RawKind: 0 }).ToList();
        if (usings.Find(directive => Precedes(space, directive)) is { } next)
            return [Edit.Insert(finding.Document, next.SpanStart, $"using {space};\n")];

        return unit.Usings.Count > 0
            ? [Edit.Insert(finding.Document, (usings.LastOrDefault() ?? unit.Usings.Last()).FullSpan.End, $"using {space};\n")]
            : [Edit.Insert(finding.Document, unit.FullSpan.Start, $"using {space};\n\n")];
    }

    /// <summary>Whether a namespace stands before that of a directive: those of System first, then by name.</summary>
    private static bool Precedes(string space, UsingDirectiveSyntax directive)
    {
        var other = directive.Name?.ToString() ?? "";
        return IsSystem(space) == IsSystem(other) ? string.CompareOrdinal(space, other) < 0 : IsSystem(space);
    }

    private static bool IsSystem(string space) => space == "System" || space.StartsWith("System.", StringComparison.Ordinal);
}
