namespace Krait.Generators.Parsing;

/// <summary>Reads [RateLimit] on a controller, and on the types of the messages that it receives.</summary>
internal static class RateParser
{
    private const int MostMessages = 1_000_000;
    private const int MostSeconds = 3_600;

    /// <summary>The limits of the class, then those of the types. Reports arguments that are out of range.</summary>
    public static EquatableArray<RateSpec> Parse(ControllerContext context, MessageType receives, List<Handler> handlers)
    {
        var rates = new List<RateSpec>();
        foreach (var attribute in context.Symbol.FindAll(context.Known.RateLimit))
            Add(attribute, context.Symbol, null);

        var all = Types(context, receives, handlers);
        var isOnly = all.TrueForAll(type => context.Known.IsAssignable(receives.Type, type))
            && !handlers.Exists(handler => handler.IsBeside);
        foreach (var type in all)
        {
            foreach (var attribute in type.FindAll(context.Known.RateLimit))
                Add(attribute, type, isOnly ? null : type.ToTypeRef());
        }

        return rates.ToEquatableArray();

        void Add(AttributeData attribute, ITypeSymbol owner, TypeRef? type)
        {
            if (Read(context, attribute, owner, receives, type) is { } rate)
                rates.Add(rate);
        }
    }

    /// <summary>The types that may have a limit: of the union, those that handlers take, and their bases.</summary>
    private static List<ITypeSymbol> Types(ControllerContext context, MessageType receives, List<Handler> handlers)
    {
        if (context.Known.RateLimit is null)
            return [];

        var types = Union.Derived(receives.Type, context.Known)
            .Concat(UnionRules.Takers(handlers).Select(handler => handler.Message!))
            .SelectMany(Union.Bases).Where(type => context.Known.IsAssignable(type, receives.Type));
        return [.. types.Prepend(receives.Type).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default)];
    }

    private static RateSpec? Read(
        ControllerContext context, AttributeData attribute, ITypeSymbol owner, MessageType receives, TypeRef? type)
    {
        LimitArguments.CheckSeen(context, attribute);
        if (attribute.ConstructorArguments is not [{ Value: int messages }])
            return null;
        if (type is not null)
            context.Mentions.Add(owner);

        var seconds = attribute.Named("PerSeconds") as int? ?? 1;
        var burst = attribute.Named("Burst") as int? ?? messages;
        if (Fault() is var (argument, name, value, cure))
        {
            var place = Places.Argument(attribute, argument, receives.Place);
            context.Findings.Add(Rules.LimitOutOfRange, place, $"The {name} of '{owner.ToSentence()}'", Digits(value), cure);
            return null;
        }

        return new(type, messages, seconds, burst, WhenOver(attribute), Per(attribute));

        (string Argument, string Name, int Value, string Cure)? Fault() =>
            messages is < 1 or > MostMessages ? ("messages", "RateLimit", messages, Range(MostMessages))
            : seconds is < 1 or > MostSeconds ? ("PerSeconds", "PerSeconds", seconds, Range(MostSeconds))
            : BurstFault();

        (string Argument, string Name, int Value, string Cure)? BurstFault() =>
            burst is < 1 or > MostMessages ? ("Burst", "Burst", burst, Range(MostMessages))
            : type is null || context.CanName(owner) ? null
            : ("messages", "RateLimit", messages, "generated code cannot reference the type, so make the type internal");
    }

    private static string Digits(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Range(int most) => $"use 1 to {most.ToString("N0", CultureInfo.InvariantCulture)}";

    private static string WhenOver(AttributeData attribute) => attribute.Named("WhenOver") switch
    {
        1 => "Refuse",
        2 => "Close",
        _ => "Wait",
    };

    private static string Per(AttributeData attribute) => attribute.Named("Per") is 1 ? "User" : "Connection";
}
