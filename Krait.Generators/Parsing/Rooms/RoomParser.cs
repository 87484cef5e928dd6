namespace Krait.Generators.Parsing;

/// <summary>Reads the [Room] parameters of a constructor.</summary>
internal static class RoomParser
{
    /// <summary>The mark of a parameter; null if it has none.</summary>
    public static AttributeData? Mark(IParameterSymbol parameter, KnownSymbols known) => parameter.Find(known.RoomAttribute);

    /// <summary>What the members of the room that a parameter marks are sent; null if it marks none.</summary>
    public static ITypeSymbol? Sent(IParameterSymbol parameter, KnownSymbols known) =>
        Mark(parameter, known) is not null ? SentBy(parameter.Type, known) : null;

    /// <summary>What a room of that type sends; null if the type is not a room.</summary>
    public static ITypeSymbol? SentBy(ITypeSymbol type, KnownSymbols known) => type switch
    {
        _ when type.IsConstructed(known.RoomOfT, out var sent) => sent,
        INamedTypeSymbol { TypeArguments: [var sent, _] } when type.OriginalDefinition.Is(known.RoomWithMembers) => sent,
        _ => null,
    };

    /// <summary>The arguments of the type of a room that sends that type and lists the same members, in a message.</summary>
    public static string Arguments(ITypeSymbol room, string sends, KnownSymbols known) =>
        PresenceParser.ListedBy(room, known) is { } member ? $"{sends}, {member.ToSentence()}" : sends;

    /// <summary>The marked parameters of a controller's constructor.</summary>
    public static IReadOnlyList<IParameterSymbol> Marked(ControllerContext context) =>
    [
        .. (ConstructorParser.Choose(context.Symbol)?.Parameters ?? [])
            .Where(parameter => Mark(parameter, context.Known) is not null),
    ];

    /// <summary>The names of the rooms that a constructor asks for, with route values in braces.</summary>
    public static EquatableArray<string> Templates(ControllerContext context) => Marked(context)
        .Where(parameter => Sent(parameter, context.Known) is not null)
        .Select(parameter => Template(Mark(parameter, context.Known)!))
        .ToEquatableArray();

    /// <summary>Binds a parameter that is marked, or reports why it cannot be bound.</summary>
    public static ParameterSpec Parse(
        ControllerContext context, IParameterSymbol parameter, AttributeData mark, ITypeSymbol sends)
    {
        var text = Template(mark);
        CheckType(context, parameter, text, sends);
        var template = RoomTemplate.Parse(text, out var fault);
        if (fault is not null)
            Refuse(context, Places.Argument(mark, "template"), text, fault);
        else if (context.Route.Fault is null)
            CheckValues(context, mark, text, template);

        return new(ParameterSource.Room, parameter.Name, sends.ToReference(), Key: text)
        {
            Member = PresenceParser.ListedBy(parameter.Type, context.Known)?.ToReference(),
        };
    }

    private static void CheckType(ControllerContext context, IParameterSymbol parameter, string room, ITypeSymbol sends)
    {
        var type = parameter.Type;
        if (type.IsMissing)
            context.RefuseMissing(type);
        else if (SentBy(type, context.Known) is not { } sent)
            Refuse(
                context,
                Places.Type(parameter),
                room,
                $"marks a parameter of type '{type.ToSentence()}'; take "
                    + $"IRoom<{Arguments(type, sends.ToSentence(), context.Known)}>");
        else if (!sent.WithoutNull().Is(sends) && !context.Findings.IsTypeUnknown)
            Refuse(
                context,
                Places.Type(parameter),
                room,
                $"sends '{sent.ToSentence(sends)}', but the controller sends '{sends.ToSentence(sent)}'; take "
                    + $"IRoom<{Arguments(type, sends.ToSentence(sent), context.Known)}>, or set Sends");
    }

    private static string Template(AttributeData mark) => mark.ConstructorArguments is [{ Value: string text }] ? text : "";

    private static void CheckValues(ControllerContext context, AttributeData mark, string text, RoomTemplate template)
    {
        foreach (var value in template.Values.Where(value => context.Route.Find(value) is null))
        {
            var place = Places.Argument(
                mark, "template", text, text.IndexOf($"{{{value}}}", StringComparison.Ordinal), value.Length + 2);
            Refuse(
                context,
                place,
                text,
                $"uses {{{value}}}, but the route pattern '{context.Attribute.Pattern}' has no such value; add {{{value}}} to "
                    + "the pattern, or correct the name");
        }
    }

    private static void Refuse(ControllerContext context, Func<Location?> place, string room, string reason) =>
        context.Findings.Add(
            Rules.UnfitRoom, place, string.Concat(room.Select(character => char.IsControl(character) ? '?' : character)), reason);
}
