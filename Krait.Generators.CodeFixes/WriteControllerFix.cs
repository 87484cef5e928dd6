using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>
/// Writes a controller for the path at which a loop is mapped. It keeps the loop as a comment, so that its author can move the
/// code into handlers.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WriteControllerFix))]
[Shared]
public sealed class WriteControllerFix() : TextFix(DiagnosticIds.HandWrittenLoop, "Replace the loop with a WebSocket controller")
{
    private protected override Task<IEnumerable<Edit>> MendAllAsync(IReadOnlyList<Finding> findings)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return Task.FromResult<IEnumerable<Edit>>([.. findings.SelectMany(finding => Mend(finding, taken))]);
    }

    private static IEnumerable<Edit> Mend(Finding finding, HashSet<string> taken)
    {
        // Only where the loop itself is mapped is it sure which path it serves, and that nothing else calls it.
        if (finding.Node.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not { Block: { } body } function
            || function.Parent?.Parent?.Parent is not InvocationExpressionSyntax call
            || call is not
            {
                Parent: ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax },
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Map" or "MapGet" } map,
                ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax path }, _],
            }
            || !path.IsKind(SyntaxKind.StringLiteralExpression)
            || finding.Root is not CompilationUnitSyntax unit)
            return [];

        var pattern = RoutePattern.Parse(path.Token.ValueText);
        if (pattern.Fault is not null)
            return [];

        var name = Name(path.Token.ValueText, finding.Model.Compilation, taken);
        return
        [
            .. Usings.Add(finding, call.SpanStart, ("Krait", "RawMessage"), ("Microsoft.AspNetCore.Builder", "WebApplication")),
            Edit.Replace(finding.Document, call.Span, $"{map.Expression}.MapWebSocketController<{name}>()"),
            Append(finding, unit, Write(name, path, pattern, body)),
        ];
    }

    private static Edit Append(Finding finding, CompilationUnitSyntax unit, string controller)
    {
        var last = unit.Members.Last();
        return last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)
            ? Edit.Insert(finding.Document, last.FullSpan.End, $"\n{controller}\n")
            : Edit.Insert(finding.Document, last.Span.End, $"\n\n{controller}\n");
    }

    private static string Write(string name, LiteralExpressionSyntax path, RoutePattern pattern, BlockSyntax loop)
    {
        var parameters = string.Join(
            ", ",
            pattern.Parameters.Select(parameter =>
                $"string{(parameter.IsOptional ? "?" : "")} {TypeNames.Escape(parameter.Name)}"));
        var blanks = Indentation.Of(loop);
        var lines = loop.ToString().Split('\n')
            .Select(line =>
                ("        // " + (line.StartsWith(blanks, StringComparison.Ordinal)
                    ? line.Substring(blanks.Length)
                    : line)).TrimEnd());
        return $$"""
            [WebSocketController({{path}})]
            public sealed partial class {{Edit.Name}}{{name}}{{(parameters.Length > 0 ? $"({parameters})" : "")}}
            {
                [OnMessage]
                void Handle(RawMessage message)
                {
                    // What the loop did:
            {{string.Join("\n", lines)}}
                    throw new System.NotImplementedException();
                }
            }
            """.Replace("\r", "");
    }

    /// <summary>
    /// A name that is free from the words of a path, such as <c>ChatRoomsController</c> for <c>/chat/rooms/{id}</c>.
    /// </summary>
    private static string Name(string path, Compilation compilation, HashSet<string> taken)
    {
        var words = path.Split('/', '-', '.', '_')
            .Where(word => word.Length > 0 && char.IsLetter(word[0]) && word.All(char.IsLetterOrDigit));
        var stem = string.Concat(words.DefaultIfEmpty("root").Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)))
            + "Controller";
        var (name, number) = (stem, 2);
        while (compilation.ContainsSymbolsWithName(name, SymbolFilter.Type) || !taken.Add(name))
            name = stem + number++.ToString(System.Globalization.CultureInfo.InvariantCulture);

        return name;
    }
}
