using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Lets an [OnPresence] handler take changes of the members that the rooms of its controller list.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FitPresenceFix))]
[Shared]
public sealed class FitPresenceFix()
    : TextFix(DiagnosticIds.UnfitPresence, "Change to '{0}'", static finding => Fitting(finding) ?? "")
{
    private protected override IEnumerable<Edit> Mend(Finding finding) =>
        Fitting(finding) is { } text ? [Edit.Replace(finding.Document, finding.Diagnostic.Location.SourceSpan, text)] : [];

    private static string? Fitting(Finding finding) =>
        finding is { Method: not null, Node: TypeSyntax { Parent: ParameterSyntax }, Known.PresenceChange: { } change }
        && finding.TypeSymbol is { } controller
        && PresenceParser.Rooms(controller, finding.Known) is [var (_, member), ..]
            ? finding.Reference(change.Construct(member))
            : null;
}
