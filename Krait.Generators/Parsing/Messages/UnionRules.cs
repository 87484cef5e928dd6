namespace Krait.Generators.Parsing;

/// <summary>Compares handlers with the types of their union, and collects the limits of those types.</summary>
internal static class UnionRules
{
    /// <summary>Reports handlers whose type never arrives, and types without a handler.</summary>
    public static void CheckHandlers(ControllerContext context, ITypeSymbol receives, bool isJsonAlone, List<Handler> handlers)
    {
        var known = context.Known;
        var derived = Union.Derived(receives, known).Where(type => known.IsAssignable(type, receives)).ToList();
        var takers = Takers(handlers).ToList();
        if (derived.Count == 0 || takers.Count == 0 || takers.Exists(handler => known.IsAssignable(receives, handler.Message!)))
            return;

        foreach (var handler in takers.Where(handler =>
            isJsonAlone
                && known.IsAssignable(handler.Message!, receives)
                && !derived.Exists(other => known.IsAssignable(other, handler.Message!))))
            context.Findings.Add(
                Rules.ForeignMessage,
                Places.Type(handler.MessageParameter!),
                handler.Name,
                handler.Message!.ToSentence(receives),
                Unlisted(receives, handler.Message!));

        var missing = derived.FindAll(type => !takers.Exists(handler => known.IsAssignable(type, handler.Message!)));
        if (missing.Count > 0)
            context.Findings.Add(
                Rules.UnhandledMessage,
                context.ClassPlace,
                context.Name,
                string.Join(", ", missing.Select(type => $"'{type.ToSentence()}'")),
                receives.ToSentence());
    }

    /// <summary>The message about a union that does not list a type.</summary>
    public static string Unlisted(ITypeSymbol union, ITypeSymbol type) =>
        $"'{union.ToSentence(type)}', which does not list '{type.ToSentence(union)}'; add a [JsonDerivedType] for it";

    /// <summary>The limits of the received type, and of every type that a message may have.</summary>
    public static EquatableArray<MessageLimitSpec> Limits(ControllerContext context, MessageType receives, List<Handler> handlers)
    {
        var types = Union.Derived(receives.Type, context.Known).Concat(Takers(handlers).Select(handler => handler.Message!))
            .SelectMany(Union.Bases).Where(type => context.Known.IsAssignable(type, receives.Type));
        var limits = new List<MessageLimitSpec>();
        foreach (var type in types.Prepend(receives.Type).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default))
        {
            if (type.Find(context.Known.MaxMessageSize) is not { ConstructorArguments: [{ Value: int bytes }] } limit)
                continue;

            context.Mentions.Add(type);
            var unfit = bytes <= 0 ? "make it positive"
                : context.CanName(type) ? null
                : "generated code cannot reference the type, so make the type internal";
            if (unfit is not null)
                context.Findings.Add(
                    Rules.LimitOutOfRange,
                    Places.Argument(limit, "bytes", receives.Place),
                    $"The MaxMessageSize of '{type.ToSentence()}'",
                    bytes.ToString(CultureInfo.InvariantCulture),
                    unfit);
            else
                limits.Add(new(type.ToTypeRef(), bytes));
        }

        return limits.ToEquatableArray();
    }

    /// <summary>The message handlers, without the one for binary frames.</summary>
    public static IEnumerable<Handler> Takers(List<Handler> handlers) =>
        handlers.Where(handler => handler is { Kind: HandlerKind.OnMessage, Message: not null, IsBeside: false });
}
