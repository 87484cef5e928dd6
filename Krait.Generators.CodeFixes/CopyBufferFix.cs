using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Copies a buffer where a handler keeps it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CopyBufferFix))]
[Shared]
public sealed class CopyBufferFix() : TextFix(DiagnosticIds.KeptBuffer, "Copy '{0}' with ToArray()", Named.Text)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        // A lambda, a local function, or a stream that has waited, would copy when the bytes are gone already.
        var comesTooLate = finding.Node.Ancestors()
            .Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            || finding.Method?.DescendantNodes().Any(node => node is YieldStatementSyntax) != false;
        if (comesTooLate
            || finding.Node.FirstAncestorOrSelf<ExpressionSyntax>(node =>
                node.Span == finding.Diagnostic.Location.SourceSpan) is not { } buffer)
            return [];

        while (buffer.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Slice" } access
            && access.Expression == buffer
            && access.Parent is InvocationExpressionSyntax slice)
            buffer = slice;

        if (buffer.Parent is MemberAccessExpressionSyntax other && other.Expression == buffer)
            return [];

        var type = finding.Model.GetTypeInfo(buffer, finding.CancellationToken).Type;
        if (type.Is(finding.Known.RawMessage))
            return [Edit.Replace(
                finding.Document, buffer.Span, $"new {finding.Reference(type!)}({buffer}.Type, {buffer}.Payload.ToArray())")];

        return type is { Name: "ReadOnlyMemory" } ? [Edit.Insert(finding.Document, buffer.Span.End, ".ToArray()")] : [];
    }
}
