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
        return $"""
            [{finding.Attribute("Krait.OnMessageAttribute", place)}]
            {returns} {Edit.Name}{name}({finding.Reference(message, place)} message) => throw new {finding.Reference("System.NotImplementedException", place)}();
            """.Replace("\r", "");
    }

    /// <summary>A [Run] handler that pulls messages.</summary>
    public static string Run(Finding finding, TypeDeclarationSyntax type, ITypeSymbol message)
    {
        var place = Place(type);
        return $$"""
            [{{finding.Attribute("Krait.RunAttribute", place)}}]
            async {{finding.Reference("System.Threading.Tasks.Task", place)}} {{Edit.Name}}Run({{finding.Reference("System.Threading.CancellationToken", place)}} stopping)
            {
                await foreach (var message in Messages.ReadAllAsync(stopping))
                    throw new {{finding.Reference("System.NotImplementedException", place)}}();
            }
            """.Replace("\r", "");
    }

    /// <summary>What a further message handler returns: what the others do, if they agree and it says nothing about one message alone.</summary>
    public static string Returns(Finding finding, Controller controller, TypeDeclarationSyntax type)
    {
        var returned = controller.Of(HandlerKind.OnMessage).Select(handler => (handler.Returns, handler.Method.ReturnType, handler.Value)).ToList();
        var first = returned.FirstOrDefault();
        return returned.Count > 0
            && first.Returns != ReturnShape.Nothing
            && returned.All(other => SymbolEqualityComparer.Default.Equals(other.ReturnType, first.ReturnType))
            && (first.Value is null || SymbolEqualityComparer.Default.Equals(first.Value, controller.Sends))
                ? finding.Reference(first.ReturnType, Place(type))
                : "void";
    }

    /// <summary>A position where names mean what they mean inside the type.</summary>
    private static int Place(TypeDeclarationSyntax type) => type.OpenBraceToken.RawKind == 0 ? type.Identifier.Span.End : type.OpenBraceToken.Span.End;
}
