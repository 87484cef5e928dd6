using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Removes the GenerationMode with which a context cannot read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveGenerationModeFix))]
[Shared]
public sealed class RemoveGenerationModeFix() :
    TextFix(DiagnosticIds.WriteOnlyContext, "Remove GenerationMode from '{0}'", Named.JsonContext)
{
    private const string Mode = "GenerationMode";

    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (JsonContexts.Read(finding) is not { } read || JsonContexts.Reading(finding) is not { } context)
            return [];

        // A type without its own mode has the mode of the options, so both may have to be removed.
        var options = JsonContexts.Options(context);
        var edits = context.GetAttributes()
            .Where(attribute => attribute.Named(Mode) is JsonContextParser.Serialization)
            .Where(attribute => attribute == options || Lists(attribute, read))
            .Select(attribute => Mend(finding, attribute, isOptions: attribute == options))
            .ToList();
        return edits.Contains(null) ? [] : edits.OfType<Edit>();
    }

    private static bool Lists(AttributeData attribute, ITypeSymbol message) =>
        attribute.ConstructorArguments is [{ Value: ITypeSymbol type }] && type.ToKey() == message.ToKey();

    private static Edit? Mend(Finding finding, AttributeData data, bool isOptions)
    {
        if (data.ApplicationSyntaxReference?.GetSyntax(finding.CancellationToken) is not AttributeSyntax attribute
            || finding.DocumentOf(attribute) is not { } document)
            return null;

        // Without this argument, the attribute would be empty.
        return isOptions && attribute is { ArgumentList.Arguments.Count: 1, Parent: AttributeListSyntax list }
            ? Edit.Replace(document, AttributeLists.WithSeparator(list, attribute), "")
            : Arguments.Remove(document, attribute, Mode);
    }
}
