using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>Finds delays that end before StopTimeout: their length and their number are constants.</summary>
internal static class Delays
{
    /// <summary>The default of StopTimeout. Krait waits this long for [Run] to return, and then logs a warning.</summary>
    private const double LongestMilliseconds = 10_000;

    public static bool EndSoon(IOperation? awaited) => awaited switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } call => EndSoon(call.Instance),
        IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" } } delay =>
            Milliseconds(First(delay)) is >= 0 and var length && length * Repetitions(delay) <= LongestMilliseconds,
        _ => false,
    };

    private static double? Milliseconds(IOperation? length) => length switch
    {
        { ConstantValue: { HasValue: true, Value: int constant } } => constant,
        IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } } => 0,
        IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan", Name: var unit } } call
            when First(call) is { ConstantValue: { HasValue: true, Value: { } count } } =>
            Convert.ToDouble(count, CultureInfo.InvariantCulture) * Unit(unit),
        _ => null,
    };

    private static double? Unit(string name) => name switch
    {
        "FromMicroseconds" => 0.001,
        "FromMilliseconds" => 1,
        "FromSeconds" => 1000,
        "FromMinutes" => 60_000,
        _ => null,
    };

    /// <summary>How often the delay runs, by the counting loops around it; infinite in a foreach.</summary>
    /// <remarks>Other checks judge the remaining loops.</remarks>
    private static double Repetitions(IOperation delay)
    {
        var repetitions = 1.0;
        for (var parent = delay.Parent; parent is not null; parent = parent.Parent)
        {
            repetitions *= parent switch
            {
                IForLoopOperation loop => Count(loop),
                IForEachLoopOperation { IsAsynchronous: false } => double.PositiveInfinity,
                _ => 1,
            };
        }

        return repetitions;
    }

    private static double Count(IForLoopOperation loop) =>
        loop.Condition is IBinaryOperation { LeftOperand: ILocalReferenceOperation left, RightOperand: var bound }
        && Number(bound) is { } end && Number(Start(loop, left.Local)) is { } start
        && loop.AtLoopBottom.Any(step => step.Descendants().Any(operation => operation is IIncrementOrDecrementOperation))
            ? Math.Abs(end - start) + 1
            : double.PositiveInfinity;

    private static IOperation? Start(IForLoopOperation loop, ILocalSymbol counter) =>
        loop.Before.SelectMany(before => before.Descendants()).OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declared => declared.Symbol.Is(counter))?.Initializer?.Value;

    private static double? Number(IOperation? operation) =>
        operation is { ConstantValue: { HasValue: true, Value: int number } } ? number : null;

    private static IOperation? First(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
}
