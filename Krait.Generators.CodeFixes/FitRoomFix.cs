using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Makes a [Room] parameter fit its controller: its type, or a value in its template that the route lacks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FitRoomFix))]
[Shared]
public sealed class FitRoomFix() : TextFix(DiagnosticIds.UnfitRoom, "Change to '{0}'", static finding => Fitting(finding) ?? "")
{
    private protected override IEnumerable<Edit> Mend(Finding finding) =>
        Fitting(finding) is { } text ? [Edit.Replace(finding.Document, finding.Diagnostic.Location.SourceSpan, text)] : [];

    private static string? Fitting(Finding finding) =>
        finding.Node is TypeSyntax { Parent: ParameterSyntax } ? Room(finding) : Value(finding);

    /// <summary>The type of a room that sends what the controller sends.</summary>
    private static string? Room(Finding finding) =>
        finding.Known.RoomOfT is { } room && finding.Controller?.Sends is { TypeKind: not TypeKind.Error } sends
            ? finding.Reference(room.Construct(sends))
            : null;

    /// <summary>The only value of the route; null where several might be meant, or something else is wrong.</summary>
    private static string? Value(Finding finding) =>
        Named.Text(finding) is ['{', .., '}']
        && RoutePattern.Parse(finding.Controller?.Attribute.Pattern ?? "") is { Fault: null, Parameters: [var only] }
            ? $"{{{only.Name}}}"
            : null;
}
