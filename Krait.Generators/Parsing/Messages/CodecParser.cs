namespace Krait.Generators.Parsing;

/// <summary>Decides which of a controller's codecs read the received type, and which write the sent type.</summary>
internal sealed class CodecParser
{
    private readonly ControllerContext context;
    private readonly List<NamedCodec> codecs = [];
    private readonly HashSet<NamedCodec> used = [];
    private readonly HashSet<NamedCodec> refused = [];

    /// <summary>Takes the codecs that the controller names, and reports those that cannot be used at all.</summary>
    public CodecParser(ControllerContext context, EquatableArray<string> protocols)
    {
        this.context = context;
        foreach (var attribute in context.Symbol.FindAll(context.Known.MessageCodecAttribute))
        {
            if (attribute.ConstructorArguments is not [{ Value: INamedTypeSymbol { TypeKind: not TypeKind.Error } type }])
                context.RefuseUnseen("the type of a codec");
            else if (new NamedCodec(attribute, type) is var codec && codec.Unfit(context) is { } reason)
                Refuse(codec, reason);
            else if (codec.Protocol is { } protocol && !protocols.Contains(protocol))
                Refuse(
                    codec,
                    $"the controller's Protocols do not contain '{protocol}'; add it, or use one of them",
                    nameof(NamedCodec.Protocol));
            else
                codecs.Add(codec);
        }
    }

    /// <summary>Whether a codec reads exactly that type, which may then be a union without listing its types.</summary>
    public bool Reads(ITypeSymbol type) => Serves(type, context.Known.MessageDecoder);

    /// <inheritdoc cref="Reads"/>
    public bool Writes(ITypeSymbol type) => Serves(type, context.Known.MessageEncoder);

    private bool Serves(ITypeSymbol type, INamedTypeSymbol? contract) =>
        codecs.Exists(codec => codec.Serves(contract).Contains(type, SymbolEqualityComparer.Default));

    /// <summary>Describes a message type with the codecs that read it, or write it.</summary>
    public MessageSpec Describe(MessageType message, bool isReceived, EquatableArray<string> protocols)
    {
        var chosen = Choose(message, isReceived);
        var isServed = refused.Count > 0 // a refused codec is reported, so do not also ask for a JsonSerializerContext
            || chosen.Exists(codec => codec.Protocol is null)
            || (protocols.Count > 0
                && context.Attribute.ProtocolRequired
                && protocols.All(protocol => chosen.Exists(codec => codec.Protocol == protocol)));
        var described = isServed
            ? message.ToSpec(context.Known) with { Codec = MessageCodecKind.None }
            : JsonContextChoice.Describe(context, message, isReceived);
        return described with { Codecs = chosen.ToEquatableArray() };
    }

    private List<CodecSpec> Choose(MessageType message, bool isReceived)
    {
        var (contract, verb) = isReceived ? (context.Known.MessageDecoder, "reads") : (context.Known.MessageEncoder, "writes");
        var chosen = new List<CodecSpec>();
        foreach (var codec in codecs)
        {
            if (codec.For(message.Type, contract, context.Known) is not { } closed)
                continue;

            used.Add(codec);
            var spec = codec.ToSpec(context, closed, out var unfit);
            if (chosen.Exists(other => other.Protocol == codec.Protocol))
                unfit = $"another codec already {verb} '{message.Type.ToSentence()}' for the same connections; "
                    + "give each its own Protocol";
            else
                chosen.Add(spec);

            if (unfit is not null)
                Refuse(codec, unfit);
        }

        return chosen;
    }

    /// <summary>Reports the codecs that neither read the received type nor write the sent type.</summary>
    public void CheckIdle(MessageType receives, MessageType sends)
    {
        var idle =
            $"it neither decodes the received type '{receives.Type.ToSentence()}' nor encodes the sent type "
                + $"'{sends.Type.ToSentence()}'";
        foreach (var codec in codecs.Where(codec => !used.Contains(codec)))
            Refuse(codec, idle + "; implement IMessageDecoder<T> or IMessageEncoder<T> for one of them");
    }

    /// <summary>Reports a fault of a codec.</summary>
    private void Refuse(NamedCodec codec, string reason, string argument = "codec")
    {
        if (refused.Add(codec))
            context.Findings.Add(Rules.UnfitCodec, Places.Argument(codec.Attribute, argument), codec.Type.ToSentence(), reason);
    }
}
