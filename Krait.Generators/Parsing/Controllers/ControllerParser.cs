namespace Krait.Generators.Parsing;

/// <summary>
/// Turns an annotated class into a spec, and reports its faults. The generator and the analyzer both use it.
/// </summary>
internal static class ControllerParser
{
    /// <summary>Parses a class; null if it has no [WebSocketController].</summary>
    /// <remarks>
    /// The spec of a class with an error has a <see cref="ControllerSpec.Refusal"/>, so that its members can still be generated.
    /// </remarks>
    public static ControllerSpec? Parse(
        INamedTypeSymbol symbol, KnownSymbols known, Findings findings, CancellationToken cancellationToken)
    {
        if (ControllerAttribute.Of(symbol, known) is not { } attribute)
            return null;

        var pattern = attribute.Pattern ?? "";
        var context = new ControllerContext(symbol, attribute, RoutePattern.Parse(pattern), known, findings, cancellationToken);
        var type = ClassRules.Check(context);
        CheckSeen(context);
        RouteRules.Check(context, pattern);
        var handlers = HandlerCollector.Collect(context);
        var isQueue = IsQueue(attribute.Delivery, handlers);
        var taken = GeneratedMembers.Check(context, isQueue);
        var contract = new ContractParser(context, handlers);
        var spec = new ControllerSpec(
            Type: type,
            Contract: contract.Parse(),
            TakenNames: taken,
            AllowedOrigins: OriginSyntax.Read(context),
            IsQueue: isQueue,
            MemberAccessibility: MemberAccessibility(symbol, contract.Sends.Type),
            Metadata: MetadataParser.Parse(context),
            Constructor: ConstructorParser.Parse(context, contract.Sends.Type));
        spec = spec with { Members = PresenceParser.Describe(context) };
        contract.Check(spec.Contract);
        spec = AddHandlers(spec, context, handlers, contract.Receives.Type, contract.Sends.Type);
        spec = AddMentions(spec, context, handlers, contract.Receives.Type, contract.Sends.Type);
        return Judge(spec, context, handlers);
    }

    /// <summary>Refuses the spec if the class has an error, and checks what needs the whole spec.</summary>
    private static ControllerSpec Judge(ControllerSpec spec, ControllerContext context, List<Handler> handlers)
    {
        spec = spec with { Refusal = context.Findings.Refusal };
        RouteRules.CheckUsed(context, spec);
        if (context.Known.HasGeneratedCode && GeneratedPart.Of(context.Symbol) is { } generated)
        {
            generated.CheckRefusal(context);
            generated.CheckCalls(context, handlers.Select(handler => handler.Method));
        }

        return spec;
    }

    /// <summary>
    /// Refuses a missing base class, because its members are unknown, and a missing constant, which must not count as unset.
    /// </summary>
    private static void CheckSeen(ControllerContext context)
    {
        if (context.Symbol.Line().FirstOrDefault(type => type.TypeKind == TypeKind.Error) is { } missing)
            context.RefuseMissing(missing);
        foreach (var argument in context.Attribute.Data.NamedArguments.Where(argument =>
            argument.Value.Kind == TypedConstantKind.Error))
            context.RefuseUnseen($"the value of '{argument.Key}'");
    }

    private static ControllerSpec AddHandlers(
        ControllerSpec spec, ControllerContext context, List<Handler> handlers, ITypeSymbol receives, ITypeSymbol sends)
    {
        var parsed = handlers.ToDictionary(
            handler => handler, handler => new HandlerParser(context, handler, receives, sends, spec.IsQueue).Parse());
        var messages = HandlerOrder.Sort(context, UnionRules.Takers(handlers), receives);
        var errors = HandlerOrder.Sort(
            context, handlers.Where(handler => handler.Kind == HandlerKind.OnError), context.Known.Exception);
        return spec with
        {
            Contract = Complete(spec, [.. handlers.Select(handler => parsed[handler])]),
            OnUpgrade = Only(HandlerKind.OnUpgrade),
            OnOpen = Only(HandlerKind.OnOpen),
            OnMessage = messages.Select(handler => parsed[handler]).ToEquatableArray(),
            OnBinary = First(handler => handler.IsBeside),
            OnError = errors.Select(handler => parsed[handler]).ToEquatableArray(),
            OnLost = Only(HandlerKind.OnLost),
            OnPresence = Only(HandlerKind.OnPresence),
            OnDrain = Only(HandlerKind.OnDrain),
            OnExpiring = Only(HandlerKind.OnExpiring),
            OnClose = Only(HandlerKind.OnClose),
            Run = Only(HandlerKind.Run),
        };

        HandlerSpec? Only(HandlerKind kind) => First(handler => handler.Kind == kind);

        HandlerSpec? First(Predicate<Handler> condition) => handlers.Find(condition) is { } handler ? parsed[handler] : null;
    }

    private static ContractSpec Complete(ControllerSpec spec, List<HandlerSpec> handlers)
    {
        var bound = handlers.Where(handler => handler.Kind is HandlerKind.OnUpgrade or HandlerKind.OnOpen)
            .SelectMany(handler => handler.Parameters);
        return spec.Contract with
        {
            Parameters = spec.Constructor.Concat(bound)
                .Where(parameter => parameter.Source <= ParameterSource.Resumption)
                .Distinct().ToEquatableArray(),
            Operations = handlers.Select(handler => handler.Operation).ToEquatableArray(),
        };
    }

    private static ControllerSpec AddMentions(
        ControllerSpec spec, ControllerContext context, List<Handler> handlers, params ITypeSymbol[] messages)
    {
        var mentions = context.Mentions;
        mentions.Add(context.Symbol);
        handlers.ForEach(handler => mentions.Add(handler.Method));
        foreach (var type in messages.Concat(messages.SelectMany(type => Union.Derived(type, context.Known))))
            mentions.Add(type);

        return spec with
        {
            Warnings = mentions.Ids.Concat(NameWarnings(context.Symbol)).Distinct().OrderBy(id => id, StringComparer.Ordinal)
                .ToEquatableArray(),
            Aliases = mentions.Aliases.OrderBy(alias => alias, StringComparer.Ordinal).ToEquatableArray(),
            NamesForbidden = mentions.IsForbidden,
            ForbiddenMessages = messages.Where(Mentions.IsForbiddenType).Select(type => type.ToReference()).ToEquatableArray(),
        };
    }

    /// <summary>
    /// A type whose name is made of lower-case ASCII letters, or a member named as the keyword 'field' that generated code uses.
    /// </summary>
    private static IEnumerable<string> NameWarnings(INamedTypeSymbol symbol)
    {
        var nest = symbol.Nest().ToList();
        if (nest.Exists(type => type.Name.All(character => character is >= 'a' and <= 'z')))
            yield return "CS8981";
        if (nest.SelectMany(type => type.Line()).Any(type => type.GetMembers("field").Length > 0)
            || ControllerContext.PrimaryParameters(symbol).Any(parameter => parameter.Name == "field"))
            yield return "CS9258";
    }

    private static bool IsQueue(Delivery delivery, List<Handler> handlers) => delivery == Delivery.Inferred
        ? !handlers.Exists(handler => handler.Kind == HandlerKind.OnMessage)
            && handlers.Exists(handler => handler is { Kind: HandlerKind.Run, Message: not null })
        : delivery == Delivery.Queue;

    /// <summary>The accessibility of the members: at most that of the sent type, which their signatures name.</summary>
    private static string MemberAccessibility(
        INamedTypeSymbol symbol, ITypeSymbol sends) => TypeNames.EffectiveAccessibility(sends) switch
        {
            Accessibility.Public => "public",
            Accessibility.Internal => TypeNames.EffectiveAccessibility(symbol) == Accessibility.Public ? "internal" : "public",
            _ => "private",
        };
}
