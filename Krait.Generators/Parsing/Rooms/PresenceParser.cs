namespace Krait.Generators.Parsing;

/// <summary>Finds the members that the rooms of a controller list, and checks that [OnPresence] takes their changes.</summary>
internal static class PresenceParser
{
    /// <summary>The members that a room, or the service for such rooms, lists; null if the type lists none.</summary>
    public static ITypeSymbol? ListedBy(ITypeSymbol type, KnownSymbols known) =>
        type is INamedTypeSymbol { TypeArguments: [_, var member], OriginalDefinition: var room }
            && (room.Is(known.RoomWithMembers) || room.Is(known.RoomsWithMembers))
            ? member.WithoutNull()
            : null;

    /// <summary>The rooms with members in the constructor of a controller.</summary>
    public static IReadOnlyList<(IParameterSymbol Parameter, ITypeSymbol Member)> Rooms(
        INamedTypeSymbol controller, KnownSymbols known) =>
    [
        .. from parameter in ConstructorParser.Choose(controller)?.Parameters ?? []
           let member = ListedBy(parameter.Type, known)
           where member is not null
           select (parameter, member),
    ];

    /// <summary>Whether Krait can encode members of the type; else the compiler or a finding says why.</summary>
    public static bool IsUsable(ITypeSymbol member) =>
        member.IsReferenceType && !member.IsMissing && MessageType.IsUsable(member);

    /// <summary>Describes the members of the rooms, or reports why Krait cannot list them; null if there are none.</summary>
    public static MessageSpec? Describe(ControllerContext context)
    {
        var rooms = Rooms(context.Symbol, context.Known);
        foreach (var (parameter, unusable) in rooms.Where(room => !IsUsable(room.Member)))
            RefuseUnusable(context, parameter, unusable);
        if (rooms.Count == 0 || !rooms.All(room => IsUsable(room.Member)))
            return null;

        var (first, member) = rooms[0];
        foreach (var (parameter, other) in rooms.Where(room => !room.Member.Is(member)))
            Refuse(
                context,
                parameter,
                $"lists members of type '{other.ToSentence(member)}', but '{first.Name}' lists members of type "
                    + $"'{member.ToSentence(other)}'; use one type for all rooms of the controller");

        return JsonContextChoice.DescribeMembers(context, new(member, Places.Type(first)));
    }

    /// <summary>Checks that an [OnPresence] handler takes changes of the members that the rooms list.</summary>
    public static void Check(ControllerContext context, IParameterSymbol parameter, ITypeSymbol member)
    {
        var rooms = Rooms(context.Symbol, context.Known);
        var handler = parameter.ContainingSymbol;
        if (!member.IsReferenceType)
            context.Findings.Refuse($"'{handler.Name}' takes changes of members that are not objects.");
        else if (rooms.Count == 0)
            CheckConstructor(context, handler, member);
        else if (rooms.All(room => IsUsable(room.Member) && !room.Member.Is(member)))
            context.Findings.Add(
                Rules.UnfitPresence,
                Places.Type(parameter),
                handler.Name,
                $"takes changes of '{member.ToSentence(rooms[0].Member)}', but the rooms list "
                    + $"'{rooms[0].Member.ToSentence(member)}'; take PresenceChange<{rooms[0].Member.ToSentence(member)}>");
    }

    /// <summary>Reports that the constructor takes no room with members, unless nobody knows what it takes.</summary>
    private static void CheckConstructor(ControllerContext context, ISymbol handler, ITypeSymbol member)
    {
        if (ConstructorParser.Choose(context.Symbol) is { } chosen
            && !chosen.Parameters.Any(parameter => parameter.Type.IsMissing))
            context.Findings.Add(
                Rules.UnfitPresence,
                Places.Of(handler),
                handler.Name,
                "needs a room with members, but the constructor takes none; mark a parameter with [Room] whose type is "
                    + $"IRoom<TSend, {member.ToSentence()}>");
    }

    /// <summary>Refuses members that are not objects, or whose type cannot be named. The compiler reports most of them.</summary>
    private static void RefuseUnusable(ControllerContext context, IParameterSymbol parameter, ITypeSymbol member)
    {
        if (member.IsMissing)
            context.RefuseMissing(member);
        else if (member.TypeKind == TypeKind.Dynamic)
            Refuse(context, parameter, $"cannot list members of type 'dynamic', because {MessageType.Unusable(member)}");
        else
            context.Findings.Refuse($"'{parameter.Name}' lists members of a type that is not a class.");
    }

    private static void Refuse(ControllerContext context, IParameterSymbol parameter, string reason) =>
        context.Findings.Add(Rules.UnfitPresence, Places.Type(parameter), parameter.Name, reason);
}
