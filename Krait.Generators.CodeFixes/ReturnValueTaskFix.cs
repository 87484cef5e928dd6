using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>Lets an <c>async void</c> handler return a task that can be awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnValueTaskFix))]
[Shared]
public sealed class ReturnValueTaskFix() : TextFix(DiagnosticIds.AsyncVoidHandler, "Return ValueTask from '{0}'", Named.Method)
{
    private protected override bool ReachesFar => true;

    private protected override IEnumerable<Edit> Mend(Finding finding) =>
        finding.Method is { } method
            ? [Edit.Replace(finding.Document, method.ReturnType.Span, finding.Reference("System.Threading.Tasks.ValueTask"))]
            : [];
}
