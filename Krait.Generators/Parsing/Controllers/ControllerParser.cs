namespace Krait.Generators.Parsing;

/// <summary>
/// Turns an annotated class into a spec, and reports what is wrong with it: for the generator and the analyzer alike.
/// </summary>
internal static class ControllerParser
{
    /// <summary>Parses a class; null if it has no [WebSocketController].</summary>
    /// <remarks>
    /// A class with an error still gives a spec, with <see cref="ControllerSpec.Refusal"/>, so that its members can be generated.
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
        var protocols = RouteRules.Protocols(context);
        var codecs = new CodecParser(context, protocols);
        var receives = MessageInference.Receives(context, handlers, codecs);
        var sends = MessageInference.Sends(context, handlers, codecs);
        var spec = new ControllerSpec(
            Type: type,
            TakenNames: taken,
            Pattern: pattern,
            RouteKey: RouteRules.Key(symbol, context.Route),
            Protocols: protocols,
            ProtocolRequired: attribute.ProtocolRequired,
            AllowedOrigins: attribute.AllowedOrigins is { } origins
                ? ProtocolList.Split(origins).Select(entry => entry.Text).Where(origin => origin.Length > 0).ToEquatableArray()
                : null,
            IsQueue: isQueue,
            Compression: attribute.Compression,
            Uncompressed: attribute.Compression ? UncompressedTypes.Of(sends.Type, codecs.Writes(sends.Type), context) : default,
            Limits: RouteRules.Limits(context),
            Receives: codecs.Describe(receives, isReceived: true, protocols) with
            {
                Limits = UnionRules.Limits(context, receives, handlers),
                Cases = MessageCases.Of(context, receives.Type, UnionRules.Takers(handlers).Select(handler => handler.Message!)),
            },
            Sends: codecs.Describe(sends, isReceived: false, protocols) with
            {
                Cases = MessageCases.Of(
                    context, sends.Type, handlers.Select(handler => handler.Value?.WithoutNull()).OfType<ITypeSymbol>()),
            },
            MemberAccessibility: MemberAccessibility(symbol, sends.Type),
            Metadata: MetadataParser.Parse(context),
            Constructor: ConstructorParser.Parse(context, sends.Type))
        {
            Rooms = RoomParser.Templates(context),
            WhenSlow = SlowTypes.Of(context, sends.Type, codecs.Writes(sends.Type), handlers),
        };
        codecs.CheckIdle(receives, sends);
        OriginSyntax.Check(context);
        ValidationRules.Check(context, receives);
        CheckUnions(context, handlers, receives, sends, spec);
        spec = AddHandlers(spec, context, handlers, receives.Type, sends.Type);
        spec = AddMentions(spec, context, handlers, receives.Type, sends.Type) with { Refusal = findings.Refusal };
        RouteRules.CheckUsed(context, spec);
        if (known.HasGeneratedCode)
            GeneratedPart.Of(symbol)?.CheckRefusal(context);

        return spec;
    }

    /// <summary>
    /// What a missing base class brings is not known, and what a missing constant stands for must not count as unset.
    /// </summary>
    private static void CheckSeen(ControllerContext context)
    {
        if (context.Symbol.Line().FirstOrDefault(type => type.TypeKind == TypeKind.Error) is { } missing)
            context.RefuseMissing(missing);
        foreach (var argument in context.Attribute.Data.NamedArguments.Where(argument =>
            argument.Value.Kind == TypedConstantKind.Error))
            context.RefuseUnseen($"the value of '{argument.Key}'");
    }

    private static void CheckUnions(
        ControllerContext context, List<Handler> handlers, MessageType receives, MessageType sends, ControllerSpec spec)
    {
        UnionRules.CheckHandlers(
            context, receives.Type, spec.Receives is { Codec: MessageCodecKind.Json, Codecs.Count: 0 }, handlers);
        if (spec.Receives.Codec == MessageCodecKind.Json)
            JsonUnionRules.Check(
                context, receives, isReceived: true, UnionRules.Takers(handlers).Any(handler => IsNarrower(handler.Message!)));
        if (spec.Sends.Codec == MessageCodecKind.Json && !receives.Type.Is(sends.Type))
            JsonUnionRules.Check(context, sends, isReceived: false, isTakenApart: false);
        if (spec.Sends.Codec == MessageCodecKind.Json)
            JsonUnionRules.CheckReplies(context, sends.Type, handlers);

        bool IsNarrower(ITypeSymbol type) =>
            context.Known.IsAssignable(type, receives.Type) && !context.Known.IsAssignable(receives.Type, type);
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
            OnUpgrade = First(handler => handler.Kind == HandlerKind.OnUpgrade),
            OnOpen = First(handler => handler.Kind == HandlerKind.OnOpen),
            OnMessage = messages.Select(handler => parsed[handler]).ToEquatableArray(),
            OnBinary = First(handler => handler.IsBeside),
            OnError = errors.Select(handler => parsed[handler]).ToEquatableArray(),
            OnLost = First(handler => handler.Kind == HandlerKind.OnLost),
            OnClose = First(handler => handler.Kind == HandlerKind.OnClose),
            Run = First(handler => handler.Kind == HandlerKind.Run),
        };

        HandlerSpec? First(Predicate<Handler> condition) => handlers.Find(condition) is { } handler ? parsed[handler] : null;
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

    /// <summary>What the members can be without exposing what is sent to those who cannot see it.</summary>
    private static string MemberAccessibility(
        INamedTypeSymbol symbol, ITypeSymbol sends) => TypeNames.EffectiveAccessibility(sends) switch
    {
        Accessibility.Public => "public",
        Accessibility.Internal => TypeNames.EffectiveAccessibility(symbol) == Accessibility.Public ? "internal" : "public",
        _ => "private",
    };
}
