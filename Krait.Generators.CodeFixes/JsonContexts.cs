using Krait.Generators.Parsing;
using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Finds the JSON contexts of a project.</summary>
internal static class JsonContexts
{
    /// <summary>
    /// The types that a controller needs as JSON: those that it receives and sends, and that of the members of its rooms.
    /// </summary>
    public static IEnumerable<ITypeSymbol> Messages(Controller controller, KnownSymbols known) =>
        new[] { controller.Receives, controller.Sends }
            .Where(type => MessageType.Codec(type, known) == MessageCodecKind.Json && !type.IsMissing)
            .Concat(Members(controller, known))
            .Distinct<ITypeSymbol>(SymbolEqualityComparer.Default);

    private static IEnumerable<ITypeSymbol> Members(Controller controller, KnownSymbols known) =>
        PresenceParser.Rooms(controller.Symbol, known).Select(room => room.Member).Where(PresenceParser.IsUsable).Take(1);

    /// <summary>The contexts that the parser finds, in its order.</summary>
    public static IEnumerable<INamedTypeSymbol> All(Finding finding) =>
        from spec in JsonContextParser.FindAll(finding.Known)
        let id = "T:" + spec.Type.Reference.Replace("global::", "").Replace("@", "")
        let symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, finding.Model.Compilation) as INamedTypeSymbol
        where symbol is not null
        select symbol;

    /// <summary>
    /// The type that the context of a finding must read: that of the members if a room is underlined, else the received one.
    /// </summary>
    public static ITypeSymbol? Read(Finding finding) =>
        finding.Model.GetTypeInfo(finding.Node, finding.CancellationToken).Type is { } type
            && PresenceParser.ListedBy(type, finding.Known) is { } member
            ? member
            : finding.Controller?.Receives;

    /// <summary>The context that reads that type; null if there is none.</summary>
    public static INamedTypeSymbol? Reading(Finding finding) => Read(finding) is not { } type ? null
        : finding.Controller?.Attribute.JsonContext ?? All(finding).FirstOrDefault(context => Lists(context, type));

    /// <summary>The attribute with the options of a context; null if it has none.</summary>
    public static AttributeData? Options(INamedTypeSymbol context) =>
        context.GetAttributes().FirstOrDefault(
            attribute => attribute.AttributeClass is { Name: "JsonSourceGenerationOptionsAttribute" });

    /// <summary>Whether a context lists a type.</summary>
    public static bool Lists(INamedTypeSymbol context, ITypeSymbol type) =>
        JsonContextParser.Describe(context).Types.Contains(type.ToKey());

    /// <summary>The part of a context that lists types, or any part; null if it cannot be edited.</summary>
    public static ClassDeclarationSyntax? Declaration(INamedTypeSymbol context, Finding finding)
    {
        var parts = context.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(finding.CancellationToken))
            .OfType<ClassDeclarationSyntax>()
            .Where(part => finding.DocumentOf(part) is not null).ToList();
        return parts.Find(part => part.AttributeLists.Count > 0) ?? parts.FirstOrDefault();
    }
}
