using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Makes a context refuse null and missing values that the message type does not allow.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckNullabilityFix))]
[Shared]
public sealed class CheckNullabilityFix() : TextFix(
    DiagnosticIds.UncheckedNullability,
    "Set RespectNullableAnnotations and RespectRequiredConstructorParameters on '{0}'",
    Named.JsonContext)
{
    private static readonly (string Name, string Value)[] Both =
        [("RespectNullableAnnotations", "true"), ("RespectRequiredConstructorParameters", "true")];

    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (JsonContexts.Reading(finding) is not { } context)
            return [];
        if (JsonContexts.Options(context) is not { } options)
            return JsonContexts.Declaration(context, finding) is { } declaration ? [Add(finding, declaration)] : [];

        return options.ApplicationSyntaxReference?.GetSyntax(finding.CancellationToken) is AttributeSyntax attribute
            && finding.DocumentOf(attribute) is { } document
                ? Arguments.Set(document, attribute, Both)
                : [];
    }

    private static Edit Add(Finding finding, ClassDeclarationSyntax declaration)
    {
        const string name = "System.Text.Json.Serialization.JsonSourceGenerationOptions";
        var compilation = finding.Model.Compilation;
        var type = compilation.GetTypeByMetadataName(name + "Attribute");
        var model = compilation.GetSemanticModel(declaration.SyntaxTree);
        var written = type?.ToMinimalDisplayString(model, declaration.SpanStart).Replace("Attribute", "") ?? name;
        var properties = string.Join(", ", Both.Select(property => $"{property.Name} = {property.Value}"));
        var place = declaration.AttributeLists.FirstOrDefault()?.SpanStart ?? Modifiers.Start(declaration);
        var line = $"[{written}({properties})]\n{Indentation.Of(declaration)}";
        return Edit.Insert(finding.DocumentOf(declaration)!, place, line);
    }
}
