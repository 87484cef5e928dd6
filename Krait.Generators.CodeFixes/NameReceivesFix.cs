using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>
/// Sets Receives to one of the two unions that list the handlers' messages, or to the union that lists types derived from them.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameReceivesFix))]
[Shared]
public sealed class NameReceivesFix() : TextFix(DiagnosticIds.UnrelatedMessages, "Set Receives of '{0}'", Named.Class)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Controller is not { Attribute.Receives: null } controller)
            return [];

        var messages = controller.Of(HandlerKind.OnMessage).Where(handler => !handler.IsBeside).Select(handler => handler.Message)
            .OfType<ITypeSymbol>().ToList();
        if (messages.Count == 0 || !messages.TrueForAll(MessageType.IsUsable))
            return [];

        var union = Union.Candidates(messages, finding.Known, controller.Codecs.Reads) is [var candidate, ..]
            ? candidate
            : Union.ToName(messages, finding.Known);
        return union is not null
            ? Arguments.Set(finding, controller, "Receives", $"typeof({finding.Reference(union)})")
            : [];
    }
}
