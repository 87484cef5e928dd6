using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT099: a loop sends one message to many connections, which a room would do.</summary>
internal static class HandWrittenFanOuts
{
    public static void Check(OperationAnalysisContext context, IInvocationOperation call, KnownSymbols known)
    {
        if (call.Instance is { } receiver && IsSender(call.TargetMethod.ContainingType, known) && Element(call) is { } element
            && Names(receiver, element) && !call.Arguments.Any(argument => Names(argument, element)))
        {
            var place = Places.Name(call.Syntax);
            context.ReportDiagnostic(Diagnostic.Create(Rules.HandWrittenFanOut, place, call.TargetMethod.Name));
        }
    }

    private static bool IsSender(INamedTypeSymbol type, KnownSymbols known) =>
        type.OriginalDefinition.Is(known.MessageSender) || type.OriginalDefinition.Is(known.ConnectionOfT);

    /// <summary>
    /// One connection of many: the variable of a loop, or the parameter of a lambda in a query.
    /// </summary>
    private static ISymbol? Element(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IForEachLoopOperation { Locals: [var local, ..] }:
                    return local;
                case IAnonymousFunctionOperation { Symbol.Parameters: [var parameter] } function:
                    return IsOfQuery(function) ? parameter : null;
            }
        }

        return null;
    }

    private static bool IsOfQuery(IAnonymousFunctionOperation function) =>
        function.Parent?.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: var name } }
        && name is "Select" or "ForEach" or "ForEachAsync";

    private static bool Names(IOperation operation, ISymbol symbol) => operation.DescendantsAndSelf().Any(inner => inner switch
    {
        ILocalReferenceOperation local => local.Local.Is(symbol),
        IParameterReferenceOperation parameter => parameter.Parameter.Is(symbol),
        _ => false,
    });
}
