namespace Krait.Generators.Parsing;

/// <summary>Finds the [WhenSlow] policies of the messages that a controller sends.</summary>
internal static class SlowTypes
{
    /// <summary>The policies of types among what a controller sends, most derived first.</summary>
    public static EquatableArray<PolicySpec> Of(
        ControllerContext context, ITypeSymbol sends, bool hasCodec, List<Handler> handlers)
    {
        if (context.Known.WhenSlow is null)
            return default;

        var found = new List<(ITypeSymbol Type, AttributeData Mark)>();
        foreach (var type in Types(context, sends, hasCodec))
        {
            if (Declared(type, context.Known) is not { } declared
                || found.Exists(other => other.Type.Is(declared.Type))
                || !context.CanName(declared.Type))
                continue;

            var wider = found.FindIndex(other => context.Known.IsAssignable(declared.Type, other.Type));
            found.Insert(wider < 0 ? found.Count : wider, declared);
            context.Mentions.Add(declared.Type);
        }

        found.ForEach(policy => Check(context, policy.Type, policy.Mark, handlers));
        return found.Select(policy => new PolicySpec(
            context.Known.IsAssignable(sends, policy.Type) ? null : policy.Type.ToTypeRef(),
            Name(policy.Mark),
            Key(policy.Mark))).ToEquatableArray();
    }

    // A codec may write any derived type.
    private static IEnumerable<ITypeSymbol> Types(ControllerContext context, ITypeSymbol sends, bool hasCodec)
    {
        var types = Union.Derived(sends, context.Known).Append(sends);
        return !hasCodec || sends.IsSealed ? types
            : types.Concat(context.Known.Index.DerivedFrom("WhenSlowAttribute", [])
                .Where(type => context.Known.IsAssignable(type, sends)));
    }

    /// <summary>The type with the policy for a type: itself, or the nearest base with one.</summary>
    private static (ITypeSymbol Type, AttributeData Mark)? Declared(ITypeSymbol type, KnownSymbols known) =>
        type.Line().Select(line =>
            ((ITypeSymbol Type, AttributeData Mark)?)(line.Find(known.WhenSlow) is { } mark ? (line, mark) : null))
            .FirstOrDefault(declared => declared is not null);

    private static string Name(AttributeData mark) => mark.ConstructorArguments is [{ Value: int value }] ? value switch
    {
        1 => "DropNewest",
        2 => "DropOldest",
        3 => "Conflate",
        _ => "Close",
    } : "Close";

    private static string? Key(AttributeData mark) => mark.Named("Key") as string;

    private static void Check(ControllerContext context, ITypeSymbol type, AttributeData mark, List<Handler> handlers)
    {
        if (Fault(context, type, mark) is var (fault, argument))
            Refuse(argument, fault);
        else if (Name(mark) != "Close" && handlers.Exists(handler => Answers(handler, type, context)))
            Refuse(
                "policy",
                "answers a request, which waits for it; use SlowReaderPolicy.Close, or another type for what rooms send");

        void Refuse(string argument, string reason) =>
            context.Findings.Add(
                Rules.UnfitPolicy, Places.Argument(mark, argument, context.ClassPlace), type.ToSentence(), reason);
    }

    private static (string Fault, string Argument)? Fault(ControllerContext context, ITypeSymbol type, AttributeData mark)
    {
        var isConflated = Name(mark) == "Conflate";
        if (Key(mark) is not { } key)
            return isConflated
                ? ("needs a Key; name the property that tells the messages apart, such as Key = nameof(Id)", "policy")
                : null;
        if (!isConflated)
            return ("has a Key, which only SlowReaderPolicy.Conflate uses; use that policy, or remove the Key", "Key");

        var property = type.Line().SelectMany(line => line.GetMembers(key)).OfType<IPropertySymbol>()
            .FirstOrDefault(property => property is { IsStatic: false, GetMethod: not null, IsIndexer: false });
        if (property is null || !context.CanUse(property.GetMethod!))
            return ($"has the Key '{key}', but no readable property of that name; name one that generated code can read", "Key");
        if (ComparesByValue(property.Type.WithoutNull(), context.Known))
            return null;

        var reason = $"has the Key '{key}' of type '{property.Type.ToSentence()}', which does not compare by value; ";
        return (reason + "use a string, number, Guid, enum or record", "Key");
    }

    private static bool ComparesByValue(ITypeSymbol type, KnownSymbols known) =>
        type.TypeKind == TypeKind.Enum || type.IsRecord || known.MayBeCompleted(type)
        || type.AllInterfaces.Any(candidate =>
            candidate.IsConstructed(known.Equatable, out var self) && self.WithoutNull().Is(type));

    private static bool Answers(Handler handler, ITypeSymbol type, ControllerContext context) =>
        handler is { Kind: HandlerKind.OnMessage or HandlerKind.OnError, Value: { } value }
        && context.Known.IsAssignable(value.WithoutNull(), type)
        && CorrelationParser.HasId(value.WithoutNull(), context.Known);
}
