using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>Sets the delivery that the handlers need, if all need the same one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetDeliveryFix))]
[Shared]
public sealed class SetDeliveryFix()
    : TextFix(DiagnosticIds.ContradictoryDelivery, "Set Delivery of '{0}' to match its handlers", Named.Class)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Controller is not { } controller)
            return [];

        var takesEvents = controller.Of(HandlerKind.OnMessage).Any();
        var pulls = controller.Of(HandlerKind.Run).Any(handler => handler.MessageParameter is not null);
        return takesEvents == pulls
            ? []
            : Arguments.Set(
                finding, controller, "Delivery", $"{finding.Reference("Krait.MessageDelivery")}.{(pulls ? "Queue" : "Event")}");
    }
}
