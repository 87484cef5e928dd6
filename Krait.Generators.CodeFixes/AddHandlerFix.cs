using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds a first handler to a controller that has none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddHandlerFix))]
[Shared]
public sealed class AddHandlerFix() : TextFix(DiagnosticIds.NoHandler, "Add a handler to '{0}'", Named.Class)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding is not { Type: { } type, Controller: { } controller })
            return [];

        var stub = controller.Attribute.Delivery == Delivery.Queue
            ? HandlerStub.Run(finding, type, controller.Receives)
            : HandlerStub.OnMessage(
                finding,
                type,
                controller.Receives,
                Names.Unique("Handle", controller.Symbol.MemberNames),
                HandlerStub.Returns(finding, controller, type, controller.Receives));
        return [Members.Append(finding.Document, type, stub)];
    }
}
