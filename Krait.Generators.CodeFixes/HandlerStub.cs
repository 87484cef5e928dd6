using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Writes handlers that are still to be filled in.</summary>
internal static class HandlerStub
{
    /// <summary>An [OnMessage] handler of a message type.</summary>
    /// <param name="finding">What asks for it.</param>
    /// <param name="type">The class that gets it.</param>
    /// <param name="message">The message type.</param>
    /// <param name="name">A name that is free.</param>
    /// <param name="returns">What it returns.</param>
    public static string OnMessage(Finding finding, TypeDeclarationSyntax type, ITypeSymbol message, string name, string returns)
    {
        var place = Place(type);
        var exception = finding.Reference("System.NotImplementedException", place);
        return $"""
            [{finding.Attribute("Krait.OnMessageAttribute", place)}]
            {returns} {Edit.Name}{name}({finding.Reference(message, place)} message) => throw new {exception}();
            """.Replace("\r", "");
    }

    /// <summary>A [Run] handler that pulls messages.</summary>
    public static string Run(Finding finding, TypeDeclarationSyntax type, ITypeSymbol message)
    {
        var place = Place(type);
        var token = finding.Reference("System.Threading.CancellationToken", place);
        return $$"""
            [{{finding.Attribute("Krait.RunAttribute", place)}}]
            async {{finding.Reference("System.Threading.Tasks.Task", place)}} {{Edit.Name}}Run({{token}} stopping)
            {
                await foreach (var message in Messages.ReadAllAsync(stopping))
                    throw new {{finding.Reference("System.NotImplementedException", place)}}();
            }
            """.Replace("\r", "");
    }

    /// <summary>
    /// The return type of a new handler: that of all others, else the sent type if all others reply, or if there are no others
    /// and the controller sets Sends.
    /// </summary>
    public static string Returns(Finding finding, Controller controller, TypeDeclarationSyntax type, ITypeSymbol message)
    {
        var others = controller.Of(HandlerKind.OnMessage).Where(handler => !handler.IsBeside).ToList();
        var shape = others.FirstOrDefault()?.Returns ?? ReturnShape.Value;
        var replies = others.Count == 0
            ? controller.Attribute.Sends is not null
            : others.TrueForAll(other => other.Value is not null);
        if (!replies)
            return shape is ReturnShape.Task or ReturnShape.ValueTask && others.TrueForAll(other => other.Returns == shape)
                ? finding.Reference(others[0].Method.ReturnType, Place(type))
                : "void";
        if (CorrelationIds.Of(message, finding.Known).Any() && !CorrelationIds.Of(controller.Sends, finding.Known).Any())
            return "void"; // a reply would lack the id

        var isWrapped = shape != ReturnShape.Value && others.TrueForAll(other => other.Returns == shape);
        return finding.Reference(
            isWrapped
                ? ((INamedTypeSymbol)others[0].Method.ReturnType).ConstructedFrom.Construct(controller.Sends)
                : controller.Sends,
            Place(type));
    }

    /// <summary>A position where names mean what they mean inside the type.</summary>
    private static int Place(TypeDeclarationSyntax type) =>
        type.OpenBraceToken.RawKind == 0 ? type.Identifier.Span.End : type.OpenBraceToken.Span.End;
}
