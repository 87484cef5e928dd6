using Krait.Generators.Emission;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators;

/// <summary>
/// Completes classes with [WebSocketController], and writes <c>MapWebSocketControllers</c>. Reports nothing: the analyzer does.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class WebSocketControllerGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        var controllers = Controllers(context);
        var clashing = controllers.Collect()
            .Select(static (all, _) => HintNames.Clashing(all.Select(spec => spec.Type.DisplayName)))
            .WithTrackingName(TrackingNames.ClashingHints);
        var outputs = controllers.Combine(clashing)
            .Select(static (pair, _) => (Spec: pair.Left, HintName: HintNames.Of(pair.Left.Type, pair.Right)))
            .WithTrackingName(TrackingNames.Outputs);
        context.RegisterSourceOutput(outputs, static (output, controller) =>
        {
            if (controller.Spec.Type.CanExtend)
                output.AddSource(controller.HintName, SourceText.From(ControllerEmitter.Emit(controller.Spec), Encoding.UTF8));
        });

        var mapping = controllers.Collect().Select(static (all, _) => MappingSpec.Of(all))
            .WithTrackingName(TrackingNames.Mapping);
        context.RegisterSourceOutput(mapping.Combine(CanMap(context)), static (output, pair) =>
        {
            if (pair.Right)
                output.AddSource(HintNames.Mapping, SourceText.From(MappingEmitter.Emit(pair.Left), Encoding.UTF8));
        });
    }

    private static IncrementalValuesProvider<ControllerSpec> Controllers(IncrementalGeneratorInitializationContext context) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownSymbols.ControllerAttributeName, static (node, _) => node is TypeDeclarationSyntax, Parse)
            .SelectMany(static (spec, _) => spec is null ? [] : ImmutableArray.Create(spec))
            .WithTrackingName(TrackingNames.Controllers)
            .Combine(JsonContexts(context))
            .Select(static (pair, _) => JsonContextChoice.Complete(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.CompleteControllers);

    /// <remarks>
    /// Every controller is parsed after every edit. Where files refer to each other, finding out which controllers an edit may
    /// concern costs more than that.
    /// </remarks>
    private static ControllerSpec? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        // Two parts may have the attribute, wrongly; the class still has one output.
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var known = KnownSymbols.Of(context.SemanticModel.Compilation);
        return ControllerAttribute.Of(symbol, known)?.Data.ApplicationSyntaxReference is { } first
            && first.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(first.Span)
                ? ControllerParser.Parse(symbol, known, new Findings(), cancellationToken)
                : null;
    }

    private static IncrementalValueProvider<EquatableArray<JsonContextSpec>> JsonContexts(
        IncrementalGeneratorInitializationContext context) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownSymbols.JsonSerializableAttributeName,
                static (node, _) => node is ClassDeclarationSyntax,
                static (found, _) =>
                    JsonContextParser.Parse(
                        (INamedTypeSymbol)found.TargetSymbol, KnownSymbols.Of(found.SemanticModel.Compilation)))
            .Collect()
            .Select(static (all, _) => JsonContextParser.Sort(all.OfType<JsonContextSpec>()))
            .WithTrackingName(TrackingNames.JsonContexts);

    private static IncrementalValueProvider<bool> CanMap(IncrementalGeneratorInitializationContext context) =>
        context.CompilationProvider
            .Select(static (compilation, _) =>
                compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp10 }
                && compilation.GetTypeByMetadataName("Krait.CompilerServices.ControllerMapping") is not null
                && compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder") is not null)
            .WithTrackingName(TrackingNames.CanMap);
}
