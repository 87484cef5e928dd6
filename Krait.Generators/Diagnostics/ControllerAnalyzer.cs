using Microsoft.CodeAnalysis.Diagnostics;

namespace Krait.Generators.Diagnostics;

/// <summary>
/// Reports faults of controllers: it uses the generator's parser and reports what the parser finds.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ControllerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Rules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // The generator also refuses controllers in files that count as generated, so their faults must be reported too.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation is not CSharpCompilation compilation)
                return;

            KnownSymbols? known = null;
            known = new(compilation) { JsonContexts = new(() => JsonContextParser.FindAll(known!)) };
            if (known.ControllerAttribute is null)
                return;

            start.RegisterSymbolAction(symbol => AnalyzeController(symbol, known), SymbolKind.NamedType);
            start.RegisterSymbolAction(symbol => AnalyzeHandler(symbol, known), SymbolKind.Method);
        });
    }

    private static void AnalyzeController(SymbolAnalysisContext context, KnownSymbols known)
    {
        var symbol = (INamedTypeSymbol)context.Symbol;
        var findings = new Findings(context.ReportDiagnostic);
        var spec = ControllerParser.Parse(symbol, known, findings, context.CancellationToken);
        if (spec is { Contract.RouteKey: { Length: > 0 } key }
            && known.Controllers.Value[key].FirstOrDefault(other => !other.Is(symbol)) is { } other)
            findings.Add(
                Rules.SamePattern,
                ControllerAttribute.Of(symbol, known)!.Place(ControllerAttribute.PatternName),
                symbol.Name,
                other.Name,
                spec.Contract.Pattern);
    }

    private static void AnalyzeHandler(SymbolAnalysisContext context, KnownSymbols known)
    {
        foreach (var attribute in context.Symbol.GetAttributes())
        {
            if (HandlerCollector.KindOf(attribute) is { } kind
                && Declaring(context.Symbol) is { } type
                && ControllerAttribute.Of(type, known) is null)
            {
                var place = Places.Of(attribute)() ?? context.Symbol.Locations[0];
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.HandlerOutsideController, place, context.Symbol.Name, kind.ToString(), type.Name));
            }
        }
    }

    /// <summary>The class of a member, also of one in an extension block, which has no name.</summary>
    private static INamedTypeSymbol? Declaring(ISymbol member) =>
        member.ContainingType?.Nest().FirstOrDefault(type => type.Name.Length > 0);
}
