namespace Krait.Generators.Parsing;

/// <summary>Reads the [Resume] parameter of [OnOpen].</summary>
internal static class ResumeParser
{
    /// <summary>The mark of a parameter; null if it has none.</summary>
    public static AttributeData? Mark(IParameterSymbol parameter, KnownSymbols known) => parameter.Find(known.ResumeAttribute);

    /// <summary>Whether a parameter is marked, or has the type of one that should be.</summary>
    public static bool Concerns(IParameterSymbol parameter, KnownSymbols known) =>
        IsResumption(parameter, known) || (Mark(parameter, known) is not null && !parameter.Type.IsMissing);

    /// <summary>Binds a parameter, or reports why it cannot be bound.</summary>
    public static ParameterSpec Parse(ControllerContext context, IParameterSymbol parameter, bool isOpen)
    {
        var mark = Mark(parameter, context.Known);
        var (reason, place) = Unfit(context, parameter, mark, isOpen);
        if (reason is not null)
            context.Findings.Add(Rules.UnfitResume, place, parameter.Name, reason);

        return new(
            ParameterSource.Resumption,
            parameter.Name,
            parameter.Type.WithoutNull().ToReference(),
            Key: mark is null ? "" : From(mark))
        {
            ReplaysAll = mark?.Named("ReplayAll") is true,
        };
    }

    private static (string? Reason, Func<Location?> Place) Unfit(
        ControllerContext context, IParameterSymbol parameter, AttributeData? mark, bool isOpen)
    {
        const string noRoom = "needs a room, but the constructor takes none; mark a parameter of the constructor with [Room]";
        if (!IsResumption(parameter, context.Known))
            return ($"has [Resume] and the type '{parameter.Type.ToSentence()}'; take a Resumption", Places.Type(parameter));
        if (!isOpen)
            return ("is a Resumption, which only [OnOpen] can take; move it there", Places.Of(parameter));

        var rooms = RoomParser.Marked(context).Count;
        if (rooms == 0)
            return (noRoom, Places.Of(parameter));
        if (rooms > 1)
            return ("needs one room, but the constructor takes several; keep one [Room], and join the others by IRooms",
                Places.Of(parameter));
        if (IsRepeated(parameter, context.Known))
            return ("is the second Resumption; take only one", Places.Of(parameter));
        if (mark is null)
            return ("is a Resumption without [Resume]; add [Resume]", Places.Type(parameter));

        return From(mark).Length > 0 ? default
            : ("has an empty From; write the name of a query value, such as \"at\"", Places.Argument(mark, "From"));
    }

    private static bool IsRepeated(IParameterSymbol parameter, KnownSymbols known) =>
        ((IMethodSymbol)parameter.ContainingSymbol).Parameters.First(other => IsResumption(other, known)).Ordinal
            < parameter.Ordinal;

    private static bool IsResumption(IParameterSymbol parameter, KnownSymbols known) =>
        parameter.Type.WithoutNull().Is(known.Resumption);

    private static string From(AttributeData mark) =>
        mark.NamedArguments.Any(argument => argument.Key == "From") ? mark.Named("From") as string ?? "" : "at";
}
