using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds a handler for every type of the union that has none, in the order of the union.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddHandlersFix))]
[Shared]
public sealed class AddHandlersFix() : TextFix(DiagnosticIds.UnhandledMessage, "Add the missing handlers to '{0}'", Named.Class)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding is not { Type: { } type, Controller: { } controller })
            return [];

        var taken = new HashSet<string>(controller.Symbol.MemberNames, StringComparer.Ordinal);
        var edits = new List<Edit>();
        MethodDeclarationSyntax? before = null;
        foreach (var message in Union.Derived(controller.Receives, finding.Known)
            .Where(message => finding.Known.IsAssignable(message, controller.Receives)))
        {
            if (Taker(controller, message, finding) is { } handler)
            {
                before = Declaration(handler, finding) ?? before;
                continue;
            }

            var name = Names.Unique("Handle" + message.Name, taken);
            taken.Add(name);
            var stub = HandlerStub.OnMessage(
                finding, type, message, name, HandlerStub.Returns(finding, controller, type, message));
            edits.Add(
                before is not null ? Members.After(finding.DocumentOf(before)!, before, stub)
                : First(controller, finding) is { } first ? Members.Before(finding.DocumentOf(first)!, first, stub)
                : Members.Append(finding.Document, type, stub));
        }

        return edits;
    }

    private static Handler? Taker(Controller controller, ITypeSymbol message, Finding finding) =>
        controller.Of(HandlerKind.OnMessage)
            .FirstOrDefault(handler => handler.Message is { } handled && finding.Known.IsAssignable(message, handled));

    private static MethodDeclarationSyntax? First(Controller controller, Finding finding) =>
        controller.Of(HandlerKind.OnMessage).Select(handler => Declaration(handler, finding))
            .FirstOrDefault(declaration => declaration is not null);

    private static MethodDeclarationSyntax? Declaration(Handler handler, Finding finding) =>
        handler.Method.DeclaringSyntaxReferences.FirstOrDefault() is { } reference
            && reference.GetSyntax(finding.CancellationToken) is MethodDeclarationSyntax declaration
            && finding.DocumentOf(declaration) is not null
            ? declaration
            : null;
}
