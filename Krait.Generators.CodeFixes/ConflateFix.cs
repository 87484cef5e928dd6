using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Sets the policy Conflate, the only one that uses a Key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConflateFix))]
[Shared]
public sealed class ConflateFix() : TextFix(DiagnosticIds.UnfitPolicy, "Set the policy of '{0}' to Conflate", Named.Class)
{
    private const string Policy = "Krait.SlowReaderPolicy";

    private protected override IEnumerable<Edit> Mend(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { NameEquals.Name.Identifier.ValueText: "Key" } key
        && key.Parent is AttributeArgumentListSyntax { Arguments: var arguments }
        && arguments.FirstOrDefault(argument => argument.NameEquals is null) is { Expression: var policy }
        && finding.Model.GetSymbolInfo(policy, finding.CancellationToken).Symbol is not { Name: "Conflate" }
            ? [Edit.Replace(finding.Document, policy.Span, $"{finding.Reference(Policy, policy.SpanStart)}.Conflate")]
            : [];
}
