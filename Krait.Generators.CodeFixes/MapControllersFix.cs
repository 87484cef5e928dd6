using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Maps the controllers before the application runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MapControllersFix))]
[Shared]
public sealed class MapControllersFix() : TextFix(DiagnosticIds.MissingMapping, "Call MapWebSocketControllers()")
{
    private protected override IEnumerable<Edit> Mend(Finding finding) => Insert(finding, ["MapWebSocketControllers()"]);

    /// <summary>Inserts calls on the application before the statement that runs it; none if it has no name there.</summary>
    internal static IEnumerable<Edit> Insert(Finding finding, IEnumerable<string> calls)
    {
        if (finding.Node.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is not { } access
            || access.Expression is not IdentifierNameSyntax application
            || finding.Node.FirstAncestorOrSelf<StatementSyntax>() is not { } statement
            || statement.Parent is not (BlockSyntax or GlobalStatementSyntax)
            || statement is LocalFunctionStatementSyntax)
            return [];

        var lines = calls.Select(call => $"{application}.{call};\n{Indentation.Of(statement)}");
        return
        [
            .. Usings.Add(finding, statement.SpanStart, ("Microsoft.AspNetCore.Builder", "WebApplication")),
            Edit.Insert(finding.Document, statement.SpanStart, string.Concat(lines)),
        ];
    }
}
