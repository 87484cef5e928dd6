using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Lists message types in the project's JsonSerializerContext, and creates one if there is none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddJsonSerializableFix))]
[Shared]
public sealed class AddJsonSerializableFix()
    : TextFix(DiagnosticIds.NoJsonContext, "Add [JsonSerializable] for the messages of '{0}'", Named.Class)
{
    private protected override Task<IEnumerable<Edit>> MendAllAsync(IReadOnlyList<Finding> findings) => Task.FromResult(findings
        .GroupBy(finding => finding.Document.Project.Id)
        .SelectMany(project => MendProject([.. project])));

    private static IEnumerable<Edit> MendProject(IReadOnlyList<Finding> findings)
    {
        var uncovered = new List<(Finding Finding, ITypeSymbol Type)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            if (finding.Controller is not { } controller)
                continue;

            var contexts = controller.Attribute.JsonContext is { } named ? [named] : JsonContexts.All(finding).ToList();
            foreach (var type in Uncovered(finding, controller, contexts))
            {
                // Several controllers may need types with the same name, each in its own context.
                if (Target(finding, controller, contexts) is var target && !known.Add($"{target?.ToKey()} {type.ToKey()}"))
                    continue;
                if (target is not null)
                    yield return Add(finding, target, type);
                else if (contexts.Count == 0)
                    uncovered.Add((finding, type));
            }
        }

        if (uncovered.Count > 0)
        {
            foreach (var edit in Create(uncovered[0].Finding, uncovered.Select(item => item.Type)))
                yield return edit;
        }
    }

    /// <summary>The messages that no context lists; none where one of them is private, since no context could name it.</summary>
    private static IEnumerable<ITypeSymbol> Uncovered(Finding finding, Controller controller, List<INamedTypeSymbol> contexts)
    {
        var messages = JsonContexts.Messages(controller, finding.Known).ToList();
        return messages.Exists(type => TypeNames.EffectiveAccessibility(type) == Accessibility.Private)
            ? []
            : messages.Where(type => !contexts.Exists(context => JsonContexts.Lists(context, type)));
    }

    /// <summary>
    /// The context that is named or the only one; of several the one that lists the other messages of the controller, or the
    /// first.
    /// </summary>
    private static INamedTypeSymbol? Target(Finding finding, Controller controller, List<INamedTypeSymbol> contexts)
    {
        var editable = contexts.Where(context =>
            JsonContextParser.IsContext(context, finding.Known) && JsonContexts.Declaration(context, finding) is not null)
            .ToList();
        return editable.Find(context =>
            JsonContexts.Messages(controller, finding.Known).Any(type => JsonContexts.Lists(context, type)))
            ?? editable.FirstOrDefault();
    }

    private static Edit Add(Finding finding, INamedTypeSymbol context, ITypeSymbol type)
    {
        var declaration = JsonContexts.Declaration(context, finding)!;
        var document = finding.DocumentOf(declaration)!;
        var model = finding.Model.Compilation.GetSemanticModel(declaration.SyntaxTree);
        var reference = type.WithNullableAnnotation(NullableAnnotation.None).ToMinimalDisplayString(model, declaration.SpanStart);
        var listed = declaration.AttributeLists.LastOrDefault();
        var name = declaration.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => attribute.Name.ToString())
            .FirstOrDefault(text => text.EndsWith("JsonSerializable", StringComparison.Ordinal))
            ?? KnownSymbols.JsonSerializableAttributeName;
        var line = $"[{name}(typeof({reference}))]";
        return listed is null
            ? Edit.Insert(document, Modifiers.Start(declaration), $"{line}\n{Indentation.Of(declaration)}")
            : Edit.Insert(document, listed.Span.End, $"\n{Indentation.Of(declaration)}{line}");
    }

    /// <summary>
    /// Writes a context after the outermost class of the first controller without one. Its name must be unique in the project,
    /// because the serializer's generator uses the name without the namespace as a file name.
    /// </summary>
    private static IEnumerable<Edit> Create(Finding finding, IEnumerable<ITypeSymbol> types)
    {
        var outermost = finding.Type!.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Last();
        var place = outermost.SpanStart;
        var number = 1;
        while (finding.Model.Compilation.ContainsSymbolsWithName(Name(number), SymbolFilter.Type, finding.CancellationToken))
            number++;

        var lines = types.Select(type =>
            $"[JsonSerializable(typeof({finding.Reference(type.WithNullableAnnotation(NullableAnnotation.None), place)}))]");
        var context = string.Join("\n",
        [
            "[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, "
                + "RespectRequiredConstructorParameters = true)]",
            .. lines,
            $"internal sealed partial class {Edit.Name}{Name(number)} : JsonSerializerContext;",
        ]);
        return
        [
            .. Usings.Add(
                finding,
                place,
                ("System.Text.Json", "JsonSerializerDefaults"),
                ("System.Text.Json.Serialization", "JsonSerializerContext")),
            Members.After(finding.Document, outermost, context),
        ];

        static string Name(int number) =>
            "MessageJsonContext" + (number == 1 ? "" : number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
