namespace Krait.Generators.Parsing;

/// <summary>Reads what a controller and its clients agree on.</summary>
internal sealed class ContractParser
{
    private readonly ControllerContext context;
    private readonly List<Handler> handlers;
    private readonly EquatableArray<string> protocols;
    private readonly CodecParser codecs;

    /// <summary>Finds out what is received and what is sent.</summary>
    public ContractParser(ControllerContext context, List<Handler> handlers)
    {
        this.context = context;
        this.handlers = handlers;
        protocols = RouteRules.Protocols(context);
        codecs = new(context, protocols);
        Receives = MessageInference.Receives(context, handlers, codecs);
        Sends = MessageInference.Sends(context, handlers, codecs);
    }

    public MessageType Receives { get; }

    public MessageType Sends { get; }

    /// <summary>Describes the contract, without parameters and operations.</summary>
    public ContractSpec Parse()
    {
        var hasCodec = codecs.Writes(Sends.Type);
        return new(
            Pattern: context.Attribute.Pattern ?? "",
            RouteKey: RouteRules.Key(context.Symbol, context.Route),
            Protocols: protocols,
            ProtocolRequired: context.Attribute.ProtocolRequired,
            Compression: context.Attribute.Compression,
            Uncompressed: context.Attribute.Compression ? UncompressedTypes.Of(Sends.Type, hasCodec, context) : default,
            Limits: RouteRules.Limits(context),
            Receives: DescribeReceived(),
            Sends: codecs.Describe(Sends, isReceived: false, protocols) with
            {
                Cases = MessageCases.Of(context, Sends.Type, Replies),
            },
            Rooms: RoomParser.Templates(context),
            WhenSlow: SlowTypes.Of(context, Sends.Type, hasCodec, handlers))
        {
            Positions = PositionParser.Of(context, Sends.Type, hasCodec),
            HidesTraffic = context.Symbol.Line().Any(type => type.Find(context.Known.Sensitive) is not null),
            HiddenReceived = HiddenTypes.Of(context, Receives.Type, codecs.Reads(Receives.Type)),
            HiddenSent = HiddenTypes.Of(context, Sends.Type, hasCodec),
            TraceParents = TraceParentParser.Of(context, Receives.Type, Taken),
            MaxConnections = ConnectionLimitParser.Parse(context),
            RateLimits = RateParser.Parse(context, Receives, handlers),
        };
    }

    private MessageSpec DescribeReceived() => codecs.Describe(Receives, isReceived: true, protocols) with
    {
        Limits = UnionRules.Limits(context, Receives, handlers),
        Cases = MessageCases.Of(context, Receives.Type, Taken),
    };

    private IEnumerable<ITypeSymbol> Taken => UnionRules.Takers(handlers).Select(handler => handler.Message!);

    private IEnumerable<ITypeSymbol> Replies =>
        handlers.Select(handler => handler.Value?.WithoutNull()).OfType<ITypeSymbol>();

    /// <summary>Reports unused codecs, unusable unions, and validation attributes that nothing checks.</summary>
    public void Check(ContractSpec contract)
    {
        codecs.CheckIdle(Receives, Sends);
        ValidationRules.Check(context, Receives);
        var isJson = contract.Receives.Codec == MessageCodecKind.Json;
        UnionRules.CheckHandlers(context, Receives.Type, isJson && contract.Receives.Codecs.Count == 0, handlers);
        if (isJson)
        {
            var isTakenApart = UnionRules.Takers(handlers).Any(handler => IsNarrower(handler.Message!));
            JsonUnionRules.Check(context, Receives, isReceived: true, isTakenApart);
        }

        if (contract.Sends.Codec != MessageCodecKind.Json)
            return;
        if (!Receives.Type.Is(Sends.Type))
            JsonUnionRules.Check(context, Sends, isReceived: false, isTakenApart: false);

        JsonUnionRules.CheckReplies(context, Sends.Type, handlers);
    }

    private bool IsNarrower(ITypeSymbol type) =>
        context.Known.IsAssignable(type, Receives.Type) && !context.Known.IsAssignable(Receives.Type, type);
}
