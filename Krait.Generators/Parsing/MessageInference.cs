using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>Finds what a controller receives and sends: what its attribute says, else what its handlers agree on, else text.</summary>
internal static class MessageInference
{
    public static MessageType Receives(ControllerContext context, List<Handler> handlers, CodecParser codecs)
    {
        if (context.Attribute.Receives is { } declared)
            return Received(context, new(declared.WithoutNull(), context.Attribute.Place(nameof(Receives))));
        if (handlers.Find(handler => handler is { Kind: HandlerKind.Run, MessageParameter: not null }) is { } run)
            return Received(context, new(run.Message(context.Known)!, Places.Type(run.MessageParameter!)));

        var evidence = handlers.Where(handler => handler is { Kind: HandlerKind.OnMessage, MessageParameter: not null, IsBeside: false })
            .Select(handler => new MessageType(handler.Message(context.Known)!, Places.Type(handler.MessageParameter!)))
            .ToList();
        if (evidence.Count == 0)
            return new(context.Known.String, context.ClassPlace);
        if (evidence.Find(found => !MessageType.IsUsable(found.Type)) is { Type: not null } unusable)
            return Received(context, unusable);

        var candidates = Candidates(evidence, context, codecs.Reads);
        if (candidates.Count == 1)
            return new(candidates[0], evidence[0].Place);

        var types = string.Join(", ", evidence.Select(found => found.Type).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default).Select(Quote));
        var cure = candidates.Count == 0
            ? Union.Bases(evidence[0].Type).FirstOrDefault(type => type.Locations.Any(location => location.IsInSource) && evidence.TrueForAll(found => context.Known.IsAssignable(found.Type, type))) is { } common
                ? $"let {Quote(common)} list each of them in [JsonDerivedType], or name it as Receives and a [MessageCodec] that decodes it"
                : "give them a common base, such as 'abstract record Message', that lists each of them in [JsonDerivedType], or split the controller"
            : $"{string.Join(" and ", candidates.Select(Quote))} could both be the union, so name one of them as Receives";
        context.Findings.Add(Rules.UnrelatedMessages, evidence[evidence.Count > 1 ? 1 : 0].Place, context.Name, types, cure);
        return evidence[0];
    }

    public static MessageType Sends(ControllerContext context, List<Handler> handlers, CodecParser codecs)
    {
        if (context.Attribute.Sends is { } declared)
            return Sent(context, context.Name, new(declared.WithoutNull(), context.Attribute.Place(nameof(Sends))));

        var evidence = handlers.SelectMany(handler => Evidence(handler, context)).ToList();
        if (evidence.Count == 0)
            return new(context.Known.String, context.ClassPlace);
        if (evidence.Find(found => !MessageType.IsUsable(found.Type.Type)) is { Type.Type: not null } unusable)
            return Sent(context, unusable.Handler.Name, unusable.Type);

        var candidates = Candidates([.. evidence.Select(found => found.Type)], context, codecs.Writes);
        if (candidates.Count == 1)
            return new(candidates[0], evidence[0].Type.Place);

        // Replies of unrelated types are reported one by one, each against the first.
        var first = evidence[0];
        if (candidates.Count > 1)
        {
            var sent = $"{string.Join(" or ", candidates.Select(Quote))}; set Sends to one of them";
            context.Findings.Add(Rules.UnsendableReply, first.Type.Place, first.Handler.Name, first.Type.Type.ToSentence(), sent);
        }

        return first.Type;
    }

    private static IReadOnlyList<ITypeSymbol> Candidates(List<MessageType> evidence, ControllerContext context, Func<ITypeSymbol, bool> hasCodec) =>
        Union.Candidates([.. evidence.Select(found => found.Type)], context.Known, hasCodec);

    /// <summary>What the signature of a handler says is sent: what it gives back, and what its connection sends.</summary>
    private static IEnumerable<(Handler Handler, MessageType Type)> Evidence(Handler handler, ControllerContext context)
    {
        if (handler.Kind is HandlerKind.OnUpgrade or HandlerKind.OnClose)
            yield break;
        if (handler.Value is { } value && (handler.Kind != HandlerKind.Run || handler.Returns == ReturnShape.Stream))
            yield return (handler, new(value.WithoutNull(), Places.Returned(handler.Method)));
        if (handler.Kind != HandlerKind.OnOpen)
            yield break;

        foreach (var parameter in handler.Method.Parameters)
        {
            if (KnownSymbols.IsConstructed(parameter.Type, context.Known.ConnectionOfT, out var sent) || KnownSymbols.IsConstructed(parameter.Type, context.Known.MessageSender, out sent))
                yield return (handler, new(sent, Places.Type(parameter)));
        }
    }

    private static MessageType Received(ControllerContext context, MessageType message)
    {
        const string cure = "take a type that can be stored and that every file can name";
        return Usable(context, message, () => context.Findings.Add(Rules.UnrelatedMessages, message.Place, context.Name, Quote(message.Type), cure));
    }

    private static MessageType Sent(ControllerContext context, string sender, MessageType message)
    {
        const string sent = "only types that can be stored and that every file can name; reply with one of these";
        return Usable(context, message, () => context.Findings.Add(Rules.UnsendableReply, message.Place, sender, message.Type.ToSentence(), sent));
    }

    /// <summary>Refuses types that cannot be messages; text stands in for them, so that the members still compile.</summary>
    private static MessageType Usable(ControllerContext context, MessageType message, Action refuse)
    {
        if (MessageType.IsUsable(message.Type))
            return message;

        if (message.Type.IsMissing)
            context.Findings.Refuse($"The type '{message.Type.ToSentence()}' does not exist.");
        else
            refuse();

        context.Findings.IsTypeUnknown = true;
        return message with { Type = context.Known.String };
    }

    private static string Quote(ITypeSymbol type) => $"'{type.ToSentence()}'";
}
