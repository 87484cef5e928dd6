using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds a property for the correlation id to a reply, or marks an existing one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddCorrelationIdFix))]
[Shared]
public sealed class AddCorrelationIdFix()
    : TextFix(DiagnosticIds.UncorrelatedReply, "Add a [CorrelationId] property to the reply of '{0}'", Named.Method)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        var name = finding.Method?.Identifier.ValueText;
        if (finding.Controller?.Handlers.Find(handler => handler.Name == name) is not { Value: { } value } handler
            || handler.Method.Parameters.SelectMany(parameter => CorrelationIds.Of(parameter.Type.WithoutNull(), finding.Known))
                .ToList() is not [var id]
            || !CorrelationParser.IsId(id.Type, finding.Known)
            || value.WithoutNull() is not INamedTypeSymbol { IsAbstract: false } reply
            || CorrelationIds.Of(reply, finding.Known).Any()
            || reply.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
            || reference.GetSyntax(finding.CancellationToken) is not TypeDeclarationSyntax declaration
            || finding.DocumentOf(declaration) is not { } document)
            return [];

        var attribute = finding.Attribute("Krait.CorrelationIdAttribute", finding.Method!.SpanStart);
        var setter = reply.IsReferenceType && !reply.IsRecord ? "set" : "init";
        var property = $"public {TypeOf(id, declaration, finding)} {id.Name} {{ get; {setter}; }}{Initial(id)}";
        return reply.GetMembers(id.Name).FirstOrDefault() switch
        {
            null => [Members.Append(document, declaration, $"[{attribute}]\n{property}")],
            IPropertySymbol { SetMethod: not null } found when SymbolEqualityComparer.Default.Equals(found.Type, id.Type) =>
                Mark(found, attribute, reply, finding),
            _ => [],
        };
    }

    private static IEnumerable<Edit> Mark(
        IPropertySymbol property, string attribute, INamedTypeSymbol reply, Finding finding) => Syntax(property, finding) switch
        {
            ParameterSyntax parameter when finding.DocumentOf(parameter) is { } document =>
                [Edit.Insert(document, parameter.SpanStart, $"[property: {attribute}] ")],
            PropertyDeclarationSyntax declaration when finding.DocumentOf(declaration) is { } document
                && (reply.IsRecord || !property.SetMethod!.IsInitOnly) =>
                [Edit.Insert(document, declaration.SpanStart, $"[{attribute}]\n{Indentation.Of(declaration)}")],
            _ => [],
        };

    private static SyntaxNode? Syntax(IPropertySymbol property, Finding finding) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(finding.CancellationToken);

    private static string TypeOf(IPropertySymbol id, SyntaxNode place, Finding finding) =>
        id.Type.ToMinimalDisplayString(finding.Model.Compilation.GetSemanticModel(place.SyntaxTree), place.SpanStart);

    private static string Initial(IPropertySymbol id) =>
        id.Type is { SpecialType: SpecialType.System_String, NullableAnnotation: NullableAnnotation.NotAnnotated }
            ? " = \"\";"
            : "";
}
