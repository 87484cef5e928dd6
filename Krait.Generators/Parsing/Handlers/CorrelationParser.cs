namespace Krait.Generators.Parsing;

/// <summary>Finds the properties with the correlation id of messages and replies.</summary>
internal static class CorrelationParser
{
    /// <summary>
    /// Describes how the replies of a handler get the id of its message; null without an id or without a reply.
    /// </summary>
    public static CorrelationSpec? Parse(ControllerContext context, Handler handler)
    {
        if (handler is not { Kind: HandlerKind.OnMessage or HandlerKind.OnError, Message: { } message, Value: { } value }
            || Ids(message, context.Known) is not [var id, ..] ids)
            return null;

        var reply = value.WithoutNull();
        var replyIds = Ids(reply, context.Known);
        var reason = ids.Count > 1
            ? $"'{message.ToSentence()}' has several properties with it; mark only one"
            : UnfitId(context, id) ?? UnfitReply(context, reply, replyIds, id);
        if (reason is not null)
        {
            context.Findings.Add(
                Rules.UncorrelatedReply, Places.Returned(handler.Method), reply.ToSentence(), message.ToSentence(), reason);
            return null;
        }

        context.Mentions.AddMember(id);
        context.Mentions.AddMember(replyIds[0]);
        return Describe(message, id, reply, replyIds[0]);
    }

    private static string? UnfitId(ControllerContext context, IPropertySymbol id) =>
        IsId(id.Type, context.Known) && IsAccessible(id.GetMethod, context)
            ? null
            : $"'{id.Name}' is not a readable string, Guid or integer; mark another property";

    private static string? UnfitReply(
        ControllerContext context, ITypeSymbol reply, List<IPropertySymbol> replyIds, IPropertySymbol id)
    {
        if (replyIds.Count == 0)
            return $"the reply has no property with it; add one of type '{id.Type.ToSentence()}'";
        if (replyIds is not [var replyId])
            return "the reply has several properties with it; mark only one";
        if (!id.Type.Is(replyId.Type))
            return $"'{replyId.Name}' of the reply has the type '{replyId.Type.ToSentence()}', not '{id.Type.ToSentence()}'; "
                + "use one type for both";

        return IsAccessible(replyId.SetMethod, context) && !(replyId.SetMethod!.IsInitOnly && IsAssigned(reply))
            ? null
            : $"'{replyId.Name}' of the reply cannot be set; make the reply a record, or add a setter";
    }

    private static CorrelationSpec Describe(ITypeSymbol message, IPropertySymbol id, ITypeSymbol reply, IPropertySymbol replyId)
    {
        var forgivesNull = id.NullableAnnotation == NullableAnnotation.Annotated
            && replyId.NullableAnnotation != NullableAnnotation.Annotated
            && !id.Type.IsValueType;
        return new(message.ToTypeRef(), id.Name, replyId.Name, forgivesNull, IsAssigned(reply));
    }

    private static bool IsAssigned(ITypeSymbol reply) => reply.IsReferenceType && !reply.IsRecord;

    private static bool IsAccessible(IMethodSymbol? accessor, ControllerContext context) =>
        accessor is not null && context.CanUse(accessor);

    /// <summary>Whether a reply of the type carries the id of its request.</summary>
    public static bool HasId(ITypeSymbol type, KnownSymbols known) => Ids(type, known).Count > 0;

    public static bool IsId(ITypeSymbol type, KnownSymbols known) => type.WithoutNull().Is(known.Guid)
        || type.WithoutNull().SpecialType is SpecialType.System_String
            or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64);

    private static List<IPropertySymbol> Ids(ITypeSymbol type, KnownSymbols known) =>
        MarkedProperties.Of(type, known.CorrelationId, known);
}
