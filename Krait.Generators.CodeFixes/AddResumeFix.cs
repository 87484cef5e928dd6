using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds [Resume] to a Resumption that lacks it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddResumeFix))]
[Shared]
public sealed class AddResumeFix() : TextFix(DiagnosticIds.UnfitResume, "Add [Resume] to the parameter of '{0}'", Named.Method)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Node.Parent is not ParameterSyntax { Type: { } type } parameter
            || type != finding.Node
            || finding.Model.GetDeclaredSymbol(parameter, finding.CancellationToken) is not IParameterSymbol symbol
            || ResumeParser.Mark(symbol, finding.Known) is not null)
            return [];

        var attribute = finding.Attribute("Krait.ResumeAttribute", parameter.SpanStart);
        return [Edit.Insert(finding.Document, type.SpanStart, $"[{attribute}] ")];
    }
}
