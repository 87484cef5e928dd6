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

    /// <summary>The type of a room that sends what the controller sends, and lists the same members as before.</summary>
    private static string? Room(Finding finding)
    {
        if (finding.Known is not { RoomOfT: { } room, RoomWithMembers: { } listing }
            || finding.Controller?.Sends is not { TypeKind: not TypeKind.Error } sends)
            return null;

        return finding.Model.GetTypeInfo(finding.Node, finding.CancellationToken).Type is { } type
            && PresenceParser.ListedBy(type, finding.Known) is { } member
            ? finding.Reference(listing.Construct(sends, member))
            : finding.Reference(room.Construct(sends));
    }

    /// <summary>The only value of the route; null where several might be meant, or something else is wrong.</summary>
    private static string? Value(Finding finding) =>
        Named.Text(finding) is ['{', .., '}']
        && RoutePattern.Parse(finding.Controller?.Attribute.Pattern ?? "") is { Fault: null, Parameters: [var only] }
            ? $"{{{only.Name}}}"
            : null;
}
