using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>Reports faults in the bodies of handlers, and in other code that uses connections.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BodyAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.UnstoppableRun, Rules.BlockingCall, Rules.IgnoredSend, Rules.MissingMapping, Rules.HandWrittenLoop, Rules.SelfWait,
        Rules.KeptBuffer, Rules.EndlessOpen, Rules.UnmappedLibrary, Rules.HandWrittenFanOut,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation is not CSharpCompilation compilation
                || KnownSymbols.Of(compilation) is not { ControllerAttribute: not null } known)
                return;

            start.RegisterOperationBlockAction(block =>
            {
                if (HandlerBody.Of(block, known) is not { } body)
                    return;

                UnstoppableRuns.Check(body);
                BlockingCalls.Check(body);
                SelfWaits.Check(body);
                KeptBuffers.Check(body);
                EndlessOpens.Check(body);
            });
            start.RegisterOperationAction(
                operation => CheckCall(operation, (IInvocationOperation)operation.Operation, known), OperationKind.Invocation);
        });
    }

    /// <summary>Checks only calls whose name belongs to a rule; most calls of a project do not.</summary>
    private static void CheckCall(OperationAnalysisContext context, IInvocationOperation call, KnownSymbols known)
    {
        switch (call.TargetMethod.Name)
        {
            case "SendAsync" or "CloseAsync":
                if (!IgnoredSends.Check(context, call, known))
                    HandWrittenFanOuts.Check(context, call, known);
                break;
            case "TrySend":
                HandWrittenFanOuts.Check(context, call, known);
                break;
            case "Run" or "RunAsync":
                MissingMapping.Check(context, call, known);
                UnmappedLibraries.Check(context, call, known);
                break;
            case "AcceptWebSocketAsync":
                HandWrittenLoops.Check(context, call);
                break;
        }
    }
}
