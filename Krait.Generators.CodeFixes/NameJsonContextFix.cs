using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>Sets JsonContext to the first context that lists all messages of the controller.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameJsonContextFix))]
[Shared]
public sealed class NameJsonContextFix() : TextFix(DiagnosticIds.SeveralJsonContexts, "Set JsonContext of '{0}'", Named.Class)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Controller is not { } controller)
            return [];

        var messages = JsonContexts.Messages(controller, finding.Known).ToList();
        var context = JsonContexts.All(finding)
            .FirstOrDefault(candidate => messages.TrueForAll(message => JsonContexts.Lists(candidate, message)));
        return context is null ? [] : Arguments.Set(finding, controller, "JsonContext", $"typeof({finding.Reference(context)})");
    }
}
