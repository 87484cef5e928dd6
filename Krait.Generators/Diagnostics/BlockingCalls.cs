using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>
/// KRAIT090: a handler blocks a thread of the pool. A synchronous [Run] has its own thread.
/// </summary>
internal static class BlockingCalls
{
    /// <summary>The property that names the method to await instead of the one that is called.</summary>
    public const string AsyncName = nameof(AsyncName);

    public static void Check(HandlerBody body)
    {
        if (body is { Kind: HandlerKind.Run, Method.ReturnsVoid: true })
            return;

        var completed = new CompletedTasks();
        foreach (var operation in body.Own)
        {
            completed.Learn(operation);
            switch (operation)
            {
                case IPropertyReferenceOperation result when IsResult(result) && !completed.Contains(result.Instance):
                    Report(body, operation, result.Property.Name, null);
                    break;
                case IInvocationOperation { TargetMethod: var method } call when IsWait(call)
                    && !(IsOfTask(method) && completed.Contains(call.Instance)):
                    Report(body, operation, method.Name, WaitForm(method));
                    break;
                case IInvocationOperation { TargetMethod: var method } call when IsInputOutput(call, body)
                    && AsyncForm(method) is { } name:
                    Report(body, operation, method.Name, name);
                    break;
            }
        }
    }

    private static void Report(HandlerBody body, IOperation operation, string name, string? asyncName) => body.Report(
        Rules.BlockingCall,
        Places.Name(operation.Syntax),
        ImmutableDictionary<string, string?>.Empty.Add(AsyncName, asyncName),
        body.Method.Name,
        name,
        asyncName is null ? Cure(operation) : $"await '{asyncName}'");

    private static string Cure(IOperation wait) =>
        IsResult(wait) || wait is IInvocationOperation { TargetMethod: var method } && IsOfTask(method)
            ? "await the task"
            : "wait asynchronously";

    public static bool IsResult(IOperation? operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: var type } }
        && type.Name is "Task" or "ValueTask"
        && IsIn(type, "Threading");

    /// <summary>
    /// Whether the call waits for other threads or for console input. With a timeout of 0 it does not wait.
    /// </summary>
    public static bool IsWait(IInvocationOperation call) =>
        (call.TargetMethod.ContainingType.Name, call.TargetMethod.Name) switch
        {
            ("Task", "Wait" or "WaitAll" or "WaitAny") or ("Thread", "Sleep" or "Join") or ("Monitor", "Wait")
                or ("Barrier", "SignalAndWait") => true,
            ("SemaphoreSlim" or "ManualResetEventSlim" or "CountdownEvent", "Wait")
                or ("WaitHandle", "WaitOne" or "WaitAll" or "WaitAny") => true,
            ("Console", "Read" or "ReadLine" or "ReadKey") or ("Process", "WaitForExit") or ("BlockingCollection", "Take") =>
                true,
            (var awaiter, "GetResult") => awaiter.EndsWith("Awaiter", StringComparison.Ordinal),
            _ => false,
        }
        && IsIn(call.TargetMethod.ContainingType)
        && !call.Arguments.Any(argument => IsZero(argument.Value));

    private static bool IsOfTask(IMethodSymbol method) => method.Name == "GetResult" || method.ContainingType.Name == "Task";

    private static bool IsZero(IOperation timeout) =>
        timeout is { ConstantValue: { HasValue: true, Value: 0 } }
            or IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } };

    /// <summary>
    /// Whether the call may wait for a device or a peer. Closing, and reading a value that is already there, does not.
    /// </summary>
    private static bool IsInputOutput(IInvocationOperation call, HandlerBody body) =>
        call.TargetMethod is { Name: var name, ContainingType: var type }
        && name is not ("Dispose" or "Close" or "Complete" or "GetFieldValue" or "IsDBNull")
        && (IsIn(type, "IO") || IsIn(type, "Net") || IsIn(type, "Data"))
        && !InMemory.Is(call.Instance, body);

    private static string? WaitForm(IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
    {
        ("Thread", "Sleep") => "Delay",
        ("Task", "WaitAll") => "WhenAll",
        ("Task", "WaitAny") => "WhenAny",
        ("Task", _) => null,
        _ => AsyncForm(method),
    };

    /// <summary>The method that does the same without blocking; null if there is none.</summary>
    private static string? AsyncForm(IMethodSymbol method)
    {
        var name = method.Name + "Async";
        return method.ContainingType.GetMembers(name).Length > 0 ? name : null;
    }

    /// <summary>Whether the type is in the namespace <c>System</c>, or in a part of it.</summary>
    private static bool IsIn(INamedTypeSymbol type, string? part = null)
    {
        var names = type.ContainingNamespace.ToDisplayString();
        return part is null
            ? names.Split('.')[0] == "System"
            : (names + ".").StartsWith($"System.{part}.", StringComparison.Ordinal);
    }
}
