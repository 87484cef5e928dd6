using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>Turns an annotated class into a spec, and reports what is wrong with it: for the generator and the analyzer alike.</summary>
internal static class ControllerParser
{
    /// <summary>Parses a class; null if it has no [WebSocketController].</summary>
    /// <remarks>A class with an error still gives a spec, with <see cref="ControllerSpec.Refusal"/>, so that its members can be generated.</remarks>
    public static ControllerSpec? Parse(INamedTypeSymbol symbol, KnownSymbols known, Findings findings, CancellationToken cancellationToken)
    {
        if (ControllerAttribute.Of(symbol, known) is not { } attribute)
            return null;

        var pattern = attribute.Pattern ?? "";
        var context = new ControllerContext(symbol, attribute, RoutePattern.Parse(pattern), known, findings, cancellationToken);
        var type = ClassRules.Check(context);
        RouteRules.Check(context, pattern);
        var handlers = HandlerCollector.Collect(context);
        var isQueue = IsQueue(attribute.Delivery, handlers);
        var taken = GeneratedMembers.Check(context, isQueue);
        var protocols = RouteRules.Protocols(context);
        var codecs = new CodecParser(context, protocols);
        var receives = MessageInference.Receives(context, handlers, codecs);
        var sends = MessageInference.Sends(context, handlers, codecs);
        var spec = new ControllerSpec
        {
            Type = type,
            TakenNames = taken,
            Pattern = pattern,
            RouteKey = RouteRules.Key(symbol, context.Route),
            Protocols = protocols,
            ProtocolRequired = attribute.ProtocolRequired,
            AllowedOrigins = attribute.AllowedOrigins is { } origins ? ProtocolList.Split(origins).Select(entry => entry.Text).Where(origin => origin.Length > 0).ToEquatableArray() : null,
            IsQueue = isQueue,
            Compression = attribute.Compression,
            Uncompressed = attribute.Compression ? UncompressedTypes.Of(sends.Type, codecs.Writes(sends.Type), context) : default,
            Limits = RouteRules.Limits(context),
            Receives = codecs.Describe(receives, isReceived: true, protocols) with { Limits = UnionRules.Limits(context, receives, handlers) },
            Sends = codecs.Describe(sends, isReceived: false, protocols),
            MemberAccessibility = MemberAccessibility(symbol, sends.Type),
            Metadata = MetadataParser.Parse(context),
            Constructor = ConstructorParser.Parse(context),
        };
        codecs.CheckIdle(receives, sends);
        CheckUnions(context, handlers, receives, sends, spec);
        spec = AddHandlers(spec, context, handlers, receives.Type, sends.Type) with { Refusal = findings.Refusal };
        RouteRules.CheckUsed(context, spec);
        return spec;
    }

    private static void CheckUnions(ControllerContext context, List<Handler> handlers, MessageType receives, MessageType sends, ControllerSpec spec)
    {
        UnionRules.CheckHandlers(context, receives.Type, spec.Receives is { Codec: MessageCodecKind.Json, Codecs.Count: 0 }, handlers);
        if (spec.Receives.Codec == MessageCodecKind.Json)
            JsonUnionRules.Check(context, receives, isReceived: true, handlers.Exists(handler => handler is { Kind: HandlerKind.OnMessage, IsBeside: false } && IsNarrower(handler.Message(context.Known))));
        if (spec.Sends.Codec == MessageCodecKind.Json && !SymbolEqualityComparer.Default.Equals(receives.Type, sends.Type))
            JsonUnionRules.Check(context, sends, isReceived: false, isTakenApart: false);
        if (spec.Sends.Codec == MessageCodecKind.Json)
            JsonUnionRules.CheckReplies(context, sends.Type, handlers);

        bool IsNarrower(ITypeSymbol? type) => type is not null && context.Known.IsAssignable(type, receives.Type) && !context.Known.IsAssignable(receives.Type, type);
    }

    private static ControllerSpec AddHandlers(ControllerSpec spec, ControllerContext context, List<Handler> handlers, ITypeSymbol receives, ITypeSymbol sends)
    {
        var parser = new HandlerParser(context, receives, sends, spec.IsQueue);
        var parsed = handlers.ToDictionary(handler => handler, parser.Parse);
        var messages = HandlerOrder.Sort(context, Of(HandlerKind.OnMessage).Where(handler => !handler.IsBeside), handler => handler.Message(context.Known), receives);
        var errors = HandlerOrder.Sort(context, Of(HandlerKind.OnError), handler => ExceptionOf(handler, context.Known), context.Known.Exception);
        return spec with
        {
            OnUpgrade = Only(HandlerKind.OnUpgrade),
            OnOpen = Only(HandlerKind.OnOpen),
            OnMessage = messages.Select(handler => parsed[handler]).ToEquatableArray(),
            OnBinary = Of(HandlerKind.OnMessage).FirstOrDefault(handler => handler.IsBeside) is { } beside ? parsed[beside] : null,
            OnError = errors.Select(handler => parsed[handler]).ToEquatableArray(),
            OnClose = Only(HandlerKind.OnClose),
            Run = Only(HandlerKind.Run),
        };

        IEnumerable<Handler> Of(HandlerKind kind) => handlers.Where(handler => handler.Kind == kind);

        HandlerSpec? Only(HandlerKind kind) => Of(kind).FirstOrDefault() is { } handler ? parsed[handler] : null;
    }

    private static ITypeSymbol? ExceptionOf(Handler handler, KnownSymbols known) =>
        handler.Method.Parameters.Select(parameter => parameter.Type.WithoutNull())
            .FirstOrDefault(type => known.Exception is { } exception && known.IsAssignable(type, exception));

    private static bool IsQueue(Delivery delivery, List<Handler> handlers) => delivery switch
    {
        Delivery.Queue => true,
        Delivery.Event => false,
        _ => !handlers.Exists(handler => handler.Kind == HandlerKind.OnMessage)
            && handlers.Exists(handler => handler is { Kind: HandlerKind.Run, MessageParameter: not null }),
    };

    /// <summary>What the members can be without exposing what is sent to those who cannot see it.</summary>
    private static string MemberAccessibility(INamedTypeSymbol symbol, ITypeSymbol sends) => TypeNames.EffectiveAccessibility(sends) switch
    {
        Accessibility.Public => "public",
        Accessibility.Internal => TypeNames.EffectiveAccessibility(symbol) == Accessibility.Public ? "internal" : "public",
        _ => "private",
    };
}
