using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Replaces a blocking call with an await of the task, or of the asynchronous method.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitBlockingFix))]
[Shared]
public sealed class AwaitBlockingFix() : TextFix(DiagnosticIds.BlockingCall, "Replace '{0}' with await", Named.Text)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is not { } access
            || !access.Name.Span.Contains(finding.Diagnostic.Location.SourceSpan))
            return [];

        var replaced = access.Parent is InvocationExpressionSyntax call ? call : (ExpressionSyntax)access;
        return Awaited(finding, access, replaced as InvocationExpressionSyntax) is { } awaited
            && IsAwaitable(finding, replaced, awaited)
            && AsyncMethods.MakeAsync(finding, replaced) is { } edits
            ? [.. edits, Edit.Replace(finding.Document, replaced.Span, AsyncMethods.Await(replaced, awaited))]
            : [];
    }

    private static string? Awaited(Finding finding, MemberAccessExpressionSyntax access, InvocationExpressionSyntax? call)
    {
        finding.Diagnostic.Properties.TryGetValue(BlockingCalls.AsyncName, out var name);
        return (access.Name.Identifier.ValueText, name) switch
        {
            ("Result", null) => access.Expression.ToString(),
            ("Wait", null) when call is { ArgumentList.Arguments.Count: 0 } => access.Expression.ToString(),
            ("GetResult", _) =>
                access.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter }
                    && awaiter.Name.Identifier.ValueText == "GetAwaiter"
                    ? awaiter.Expression.ToString()
                    : null,
            (_, null) => null,
            ("Sleep", _) => $"{finding.Reference("System.Threading.Tasks.Task")}.{name}{call?.ArgumentList}",
            _ => $"{access.Expression}.{name}{call?.ArgumentList}",
        };
    }

    /// <summary>Whether the compiler finds the method with these arguments, and can await its result.</summary>
    private static bool IsAwaitable(Finding finding, ExpressionSyntax replaced, string awaited) =>
        finding.Model.GetSpeculativeTypeInfo(
            replaced.SpanStart, SyntaxFactory.ParseExpression(awaited), SpeculativeBindingOption.BindAsExpression).Type
            is { TypeKind: not TypeKind.Error } type
        && type.GetMembers("GetAwaiter").Length > 0;
}
