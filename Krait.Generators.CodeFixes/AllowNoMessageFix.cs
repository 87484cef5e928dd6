using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Makes the failed message of an [OnError] handler nullable, because some errors belong to no message.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AllowNoMessageFix))]
[Shared]
public sealed class AllowNoMessageFix() : TextFix(DiagnosticIds.UnfitHandler, "Make '{0}' nullable", NameOfParameter)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (Parameter(finding) is not { Type: { } written } parameter
            || finding.Model.GetDeclaredSymbol(parameter, finding.CancellationToken) is not { } symbol
            || !symbol.ContainingSymbol.GetAttributes().Any(IsOnError)
            || symbol.Type.AllowsNull
            || finding.Known.IsException(symbol.Type))
            return [];

        return [Edit.Insert(finding.Document, written.Span.End, "?")];
    }

    /// <summary>The parameter whose type is underlined; other faults of signatures underline something else.</summary>
    private static ParameterSyntax? Parameter(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<ParameterSyntax>() is { } parameter
            && parameter.Type?.Span == finding.Diagnostic.Location.SourceSpan
            ? parameter
            : null;

    private static string NameOfParameter(Finding finding) => Parameter(finding)?.Identifier.ValueText ?? Named.Text(finding);

    private static bool IsOnError(AttributeData attribute) => HandlerCollector.KindOf(attribute) == HandlerKind.OnError;
}
