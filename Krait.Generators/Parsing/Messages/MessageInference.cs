namespace Krait.Generators.Parsing;

/// <summary>
/// Finds the types that a controller receives and sends: from its attribute, else from its handlers, else text.
/// </summary>
internal static class MessageInference
{
    public static MessageType Receives(ControllerContext context, List<Handler> handlers, CodecParser codecs)
    {
        if (context.Attribute.Receives is { } declared)
            return Received(context, new(declared.WithoutNull(), context.Attribute.Place(nameof(Receives))));
        if (handlers.Find(handler => handler is { Kind: HandlerKind.Run, Message: not null }) is { } run)
            return Received(context, new(run.Message!, Places.Type(run.MessageParameter!)));

        var evidence = UnionRules.Takers(handlers)
            .Select(handler => new MessageType(handler.Message!, Places.Type(handler.MessageParameter!))).ToList();
        if (evidence.Count == 0)
            return new(context.Known.String, context.ClassPlace);
        if (evidence.Find(found => !MessageType.IsUsable(found.Type)) is { Type: not null } unusable)
            return Received(context, unusable);

        var candidates = Union.Candidates(evidence.ConvertAll(found => found.Type), context.Known, codecs.Reads);
        return candidates.Count == 1 ? new(candidates[0], evidence[0].Place) : Unrelated(context, evidence, candidates);
    }

    /// <summary>Reports handlers whose types are not one union. Returns the type that the controller probably receives.</summary>
    private static MessageType Unrelated(
        ControllerContext context, List<MessageType> evidence, IReadOnlyList<ITypeSymbol> candidates)
    {
        var union = candidates.Count > 0 ? null : Union.ToName(evidence.ConvertAll(found => found.Type), context.Known);
        var cure = candidates.Count > 0
            ? $"and {string.Join(" and ", candidates.Select(Quote))} could both be the union; set Receives to one of them"
            : union is not null ? CureByName(context, evidence, union) : CureOfNone(context, evidence);
        var distinct = evidence.Select(found => found.Type).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default).ToList();
        var types = string.Join(", ", distinct.Select(type => $"'{type.ToSentence(Namesake(type) ?? type)}'"));
        context.Findings.Add(Rules.UnrelatedMessages, evidence[evidence.Count > 1 ? 1 : 0].Place, context.Name, types, cure);
        return evidence[0] with { Type = union ?? evidence[0].Type };

        ITypeSymbol? Namesake(ITypeSymbol type) =>
            distinct.Find(other => !other.Is(type) && other.ToSentence() == type.ToSentence());
    }

    private static string CureByName(ControllerContext context, List<MessageType> evidence, ITypeSymbol union)
    {
        var listed = Union.Derived(union, context.Known).Prepend(union).ToList();
        var between = evidence.Find(found => !listed.Exists(found.Type.Is));
        return $"and {Quote(union)} does not list {Quote(between.Type)}; set Receives to {Quote(union)}, so that a handler can "
            + "take a type between it and the types that it lists";
    }

    private static string CureOfNone(ControllerContext context, List<MessageType> evidence)
    {
        var types = evidence.ConvertAll(found => found.Type);
        if (Union.ToName(types, context.Known) is { } union)
        {
            var listed = Union.Derived(union, context.Known).ToList();
            return $"and {Quote(union)} does not list {Quote(types.Find(type => !listed.Exists(type.Is))!)}; set Receives to "
                + $"{Quote(union)}, so that a handler can take a type between it and the types that it lists";
        }

        var common = Union.Bases(types[0])
            .FirstOrDefault(type =>
                !type.DeclaringSyntaxReferences.IsEmpty
                    && types.TrueForAll(other => context.Known.IsAssignable(other, type)));
        return common is not null
            ? $"but {Quote(common)} does not list them; add [JsonDerivedType] for each, or set Receives to {Quote(common)} and "
                + "add a [MessageCodec] that decodes it"
            : "but these are not one union; derive them from a base, such as 'abstract record Message', with [JsonDerivedType] "
                + "for each, or split the controller";
    }

    public static MessageType Sends(ControllerContext context, List<Handler> handlers, CodecParser codecs)
    {
        if (context.Attribute.Sends is { } declared)
            return Sent(context, context.Name, new(declared.WithoutNull(), context.Attribute.Place(nameof(Sends))));

        var evidence = handlers.SelectMany(
            handler => Evidence(handler, context.Known), (handler, type) => (handler.Name, Type: type))
            .Concat(Rooms(context).Select(type => (context.Name, Type: type))).ToList();
        if (evidence.Count == 0)
            return new(context.Known.String, context.ClassPlace);
        if (evidence.Find(found => !MessageType.IsUsable(found.Type.Type)) is { Type.Type: not null } unusable)
            return Sent(context, unusable.Name, unusable.Type);

        var candidates = Union.Candidates([.. evidence.Select(found => found.Type.Type)], context.Known, codecs.Writes);
        var (sender, first) = evidence[0];
        if (candidates.Count == 1)
            return new(candidates[0], first.Place);

        // Replies of unrelated types are reported one by one, each against the first.
        if (candidates.Count > 1)
            context.Findings.Add(
                Rules.UnsendableReply,
                first.Place,
                sender,
                first.Type.ToSentence(),
                $"{string.Join(" or ", candidates.Select(Quote))}; set Sends to one of them");

        return first;
    }

    /// <summary>The sent types in the signature of a handler: its return type, and the type of its connection.</summary>
    private static IEnumerable<MessageType> Evidence(Handler handler, KnownSymbols known)
    {
        if (handler.Value is { } value
            && Grammar.Misunderstood(handler) is null
            && handler is not ({ Kind: HandlerKind.OnUpgrade or HandlerKind.OnClose }
                or { Kind: HandlerKind.Run, Returns: not ReturnShape.Stream }))
            yield return new(value.WithoutNull(), Places.Returned(handler.Method));

        foreach (var parameter in handler.Kind == HandlerKind.OnOpen ? handler.Method.Parameters : [])
        {
            if (parameter.Type.IsConstructed(known.ConnectionOfT, out var sent)
                || parameter.Type.IsConstructed(known.MessageSender, out sent))
                yield return new(sent, Places.Type(parameter));
        }
    }

    /// <summary>The sent types in the constructor: those of its rooms.</summary>
    private static IEnumerable<MessageType> Rooms(ControllerContext context)
    {
        foreach (var parameter in ConstructorParser.Choose(context.Symbol)?.Parameters ?? [])
        {
            if (RoomParser.Sent(parameter, context.Known) is { } sent)
                yield return new(sent.WithoutNull(), Places.Type(parameter));
        }
    }

    private static MessageType Received(ControllerContext context, MessageType message) =>
        Usable(
            context,
            message,
            Rules.UnrelatedMessages,
            context.Name,
            Quote(message.Type),
            "which cannot be a message, because " + MessageType.Unusable(message.Type));

    private static MessageType Sent(ControllerContext context, string sender, MessageType message) =>
        Usable(
            context,
            message,
            Rules.UnsendableReply,
            sender,
            message.Type.ToSentence(),
            "only messages, and this type cannot be one, because " + MessageType.Unusable(message.Type));

    /// <summary>Refuses types that cannot be messages. It replaces them by string, so that the members still compile.</summary>
    private static MessageType Usable(
        ControllerContext context, MessageType message, DiagnosticDescriptor rule, params string[] arguments)
    {
        if (MessageType.IsUsable(message.Type))
            return message;

        if (message.Type.IsMissing)
            context.RefuseMissing(message.Type);
        else
            context.Findings.Add(rule, message.Place, arguments);

        context.Findings.IsTypeUnknown = true;
        return message with { Type = context.Known.String };
    }

    private static string Quote(ITypeSymbol type) => $"'{type.ToSentence()}'";
}
