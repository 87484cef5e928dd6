using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>Lets an <c>async void</c> handler return a task that can be awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnValueTaskFix))]
[Shared]
public sealed class ReturnValueTaskFix() : TextFix(DiagnosticIds.AsyncVoidHandler, "Return ValueTask")
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Method is not { } method || finding.Model.GetDeclaredSymbol(method, finding.CancellationToken) is not { } symbol)
            return [];

        // [OnUpgrade] has to decide something, which no word can do for it.
        var decides = symbol.GetAttributes().Any(attribute => HandlerCollector.KindOf(attribute) == HandlerKind.OnUpgrade);
        return decides ? [] : [Edit.Replace(finding.Document, method.ReturnType.Span, finding.Reference("System.Threading.Tasks.ValueTask"))];
    }
}
