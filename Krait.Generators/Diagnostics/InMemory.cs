using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>
/// Finds streams, readers and writers that never wait: those in memory, also wrapped in others, and the console's writers.
/// </summary>
internal static class InMemory
{
    public static bool Is(IOperation? stream, HandlerBody body) => stream switch
    {
        { Type: { } type } when IsMemory(type) => true,
        IConversionOperation conversion => Is(conversion.Operand, body),
        IConditionalAccessInstanceOperation => Is(Accessed(stream), body),
        ICoalesceOperation either => Is(either.Value, body) && Is(either.WhenNull, body),
        IConditionalOperation either => Is(either.WhenTrue, body) && Is(either.WhenFalse, body),
        // The console has no asynchronous output: even its asynchronous methods write synchronously.
        IPropertyReferenceOperation { Property: { Name: "Error" or "Out", ContainingType.Name: "Console" } } => true,
        IFieldReferenceOperation { Field: { Name: "Null", ContainingType: var type } } => IsChannel(type),
        IObjectCreationOperation wrapper => AllAre(
            wrapper.Arguments.Select(argument => argument.Value).Where(value => IsChannel(WithoutConversion(value).Type)), body),
        ILocalReferenceOperation { Local: var local } => AllAre(body.Values(local), body),
        _ => false,
    };

    private static bool AllAre(IEnumerable<IOperation> values, HandlerBody body)
    {
        var all = values.ToList();
        return all.Count > 0 && all.TrueForAll(value => Is(value, body));
    }

    private static bool IsMemory(ITypeSymbol type) =>
        Derives(type, name => name is "MemoryStream" or "UnmanagedMemoryStream" or "StringReader" or "StringWriter");

    private static bool IsChannel(ITypeSymbol? type) => Derives(type, name => name is "Stream" or "TextReader" or "TextWriter");

    private static bool Derives(ITypeSymbol? type, Predicate<string> isWanted) => type?.Line().Any(line =>
        isWanted(line.Name) && line.ContainingNamespace is { Name: "IO", ContainingNamespace.Name: "System" }) == true;

    private static IOperation WithoutConversion(IOperation value) =>
        value is IConversionOperation conversion ? conversion.Operand : value;

    /// <summary>The expression before the <c>?.</c> of a member.</summary>
    private static IOperation? Accessed(IOperation instance)
    {
        for (var child = instance; child.Parent is { } parent; child = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
                return access.Operation;
        }

        return null;
    }
}
