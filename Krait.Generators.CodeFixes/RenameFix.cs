using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Emission;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Rename;

namespace Krait.Generators.CodeFixes;

/// <summary>Renames a member or parameter that has the name of a generated member, everywhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameFix))]
[Shared]
public sealed class RenameFix()
    : TextFix(DiagnosticIds.NameTaken, "Rename '{0}'", static finding => Holder(finding)?.Name ?? Named.Text(finding))
{
    // No compile check: Roslyn's renaming resolves conflicts itself, and the check would cost as much as the renaming.
    private protected override Task<bool> CanMendAsync(
        Solution solution, IReadOnlyList<Finding> findings, CancellationToken cancellationToken) =>
        Task.FromResult(findings.Any(finding => Holder(finding) is not null));

    private protected override async Task<IEnumerable<Edit>> MendAsync(Finding finding)
    {
        if (Holder(finding) is not { } holder)
            return [];

        var solution = finding.Document.Project.Solution;
        var renamed = await Renamer.RenameSymbolAsync(
            solution, holder, new SymbolRenameOptions(), NewName(holder, finding), finding.CancellationToken)
            .ConfigureAwait(false);
        var edits = new List<Edit>();
        foreach (var id in renamed.GetChanges(solution).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            var changes = await renamed.GetDocument(id)!.GetTextChangesAsync(solution.GetDocument(id)!, finding.CancellationToken)
                .ConfigureAwait(false);
            edits.AddRange(changes.Select(change => new Edit(id, change.Span, change.NewText ?? "")));
        }

        return edits;
    }

    /// <summary>
    /// The symbol with the name: a member, a parameter, the class itself, or a member of a base class in the solution.
    /// </summary>
    private static ISymbol? Holder(Finding finding)
    {
        var symbol = finding.Model.GetDeclaredSymbol(finding.Node, finding.CancellationToken)
            ?? finding.Node.AncestorsAndSelf().Select(node => finding.Model.GetDeclaredSymbol(node, finding.CancellationToken))
                .FirstOrDefault(found => found is not null);
        if (symbol is not INamedTypeSymbol type || IsGenerated(type.Name))
            return symbol;

        for (var parent = type.BaseType; parent is { SpecialType: not SpecialType.System_Object }; parent = parent.BaseType)
        {
            if (ControllerAttribute.Of(parent, finding.Known) is not null)
                return null;
            if (parent.GetMembers().FirstOrDefault(member =>
                IsGenerated(member.Name) && member.Locations.Any(location => location.IsInSource)) is { } inherited)
                return inherited;
        }

        return null;
    }

    private static string NewName(ISymbol symbol, Finding finding)
    {
        var stem = symbol switch
        {
            INamedTypeSymbol { ContainingType: null } => symbol.Name + "Controller",
            IParameterSymbol => char.ToLowerInvariant(symbol.Name[0]) + symbol.Name.Substring(1),
            _ => "Own" + symbol.Name,
        };
        return Names.Unique(
            stem,
            finding.Model.LookupSymbols(finding.Diagnostic.Location.SourceSpan.Start).Select(found => found.Name)
                .Concat(symbol.ContainingType?.MemberNames ?? []));
    }

    private static bool IsGenerated(string name) => GeneratedMember.All.Any(member => member.Name == name);
}
