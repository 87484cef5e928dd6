using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>Sets <c>Sends</c> to a common type of all replies.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetSendsFix))]
[Shared]
public sealed class SetSendsFix()
    : TextFix(DiagnosticIds.UnsendableReply, "Set Sends of '{0}' to the common type of its replies", Named.Class)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Controller is not { } controller)
            return [];

        var replies = controller.Handlers
            .Where(handler =>
                handler.Kind is not (HandlerKind.OnUpgrade or HandlerKind.OnClose)
                    && (handler.Kind != HandlerKind.Run || handler.Returns == ReturnShape.Stream))
            .Select(handler => handler.Value?.WithoutNull())
            .OfType<ITypeSymbol>()
            .ToList();
        // If Sends is already a base type of all replies, the union must list them instead.
        return replies.TrueForAll(MessageType.IsUsable)
            && !replies.TrueForAll(reply => finding.Known.IsAssignable(reply, controller.Sends))
            && CommonTypes.Of(replies, finding.Known, controller.Codecs.Writes) is { } common
            ? Arguments.Set(finding, controller, "Sends", $"typeof({finding.Reference(common)})")
            : [];
    }
}
