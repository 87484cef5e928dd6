using System.Globalization;
using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>Holds handlers to the types of the union that they take, and gathers the limits of those types.</summary>
internal static class UnionRules
{
    /// <summary>Reports handlers of types that never come, and types that come and have no handler.</summary>
    public static void CheckHandlers(ControllerContext context, ITypeSymbol receives, bool isJsonAlone, List<Handler> handlers)
    {
        var known = context.Known;
        var derived = Union.Derived(receives, known).Where(type => known.IsAssignable(type, receives)).ToList();
        var taken = Takers(handlers).Select(handler => (Handler: handler, Type: handler.Message(known)!)).ToList();
        if (derived.Count == 0 || taken.Count == 0 || taken.Exists(taker => known.IsAssignable(receives, taker.Type)))
            return;

        foreach (var (handler, type) in taken)
        {
            if (isJsonAlone && known.IsAssignable(type, receives) && !derived.Exists(other => known.IsAssignable(other, type)))
                context.Findings.Add(Rules.ForeignMessage, Places.Type(handler.MessageParameter!), handler.Name, type.ToSentence(), $"'{receives.ToSentence()}', which does not list it in [JsonDerivedType]; list it there");
        }

        var missing = derived.FindAll(type => !taken.Exists(taker => known.IsAssignable(type, taker.Type)));
        if (missing.Count == 0)
            return;

        var names = string.Join(", ", missing.Select(type => $"'{type.ToSentence()}'"));
        context.Findings.Add(Rules.UnhandledMessage, context.ClassPlace, context.Name, names, receives.ToSentence());
    }

    /// <summary>The limits of what is received, and of every type that a message of it may be.</summary>
    public static EquatableArray<LimitSpec> Limits(ControllerContext context, MessageType receives, List<Handler> handlers)
    {
        var known = context.Known;
        var types = Union.Derived(receives.Type, known).Concat(Takers(handlers).Select(handler => handler.Message(known)!)).SelectMany(Union.Bases).Where(type => known.IsAssignable(type, receives.Type));
        var limits = new List<LimitSpec>();
        foreach (var type in types.Prepend(receives.Type).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default))
        {
            if (type.GetAttributes().FirstOrDefault(attribute => KnownSymbols.Is(attribute.AttributeClass, known.MaxMessageSize)) is not { ConstructorArguments: [{ Value: int bytes }] } limit)
                continue;

            var text = bytes.ToString(CultureInfo.InvariantCulture);
            var unfit = bytes <= 0 ? "make it positive" : Constants.IsVisible(type, context.Symbol, known.Compilation) ? null : "generated code cannot name the type, so make it internal";
            if (unfit is not null)
                context.Findings.Add(Rules.LimitOutOfRange, Places.Argument(limit, "bytes", receives.Place), $"The MaxMessageSize of '{type.ToSentence()}'", text, unfit);
            else
                limits.Add(new(type.ToReference(), text));
        }

        return limits.ToEquatableArray();
    }

    private static IEnumerable<Handler> Takers(List<Handler> handlers) => handlers.Where(handler => handler is { Kind: HandlerKind.OnMessage, MessageParameter: not null, IsBeside: false });
}
