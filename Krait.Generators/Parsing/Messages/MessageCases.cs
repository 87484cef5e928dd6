namespace Krait.Generators.Parsing;

/// <summary>Lists the types that a message may have: those of its union, and its own unless that is abstract.</summary>
internal static class MessageCases
{
    /// <summary>The cases, most derived first, so that the first one that fits a message is its own.</summary>
    /// <param name="context">The controller.</param>
    /// <param name="message">The type that it receives, or sends.</param>
    /// <param name="handled">The types that its handlers take, or reply with: the cases of a union that lists none.</param>
    public static EquatableArray<CaseSpec> Of(ControllerContext context, ITypeSymbol message, IEnumerable<ITypeSymbol> handled)
    {
        var listed = Listed(context, message);
        var all = listed.Count > 0 ? listed : [.. handled.Select(type => (Type: type, Discriminator: (ConstantSpec?)null))];
        var found = new List<(ITypeSymbol Type, ConstantSpec? Discriminator)>();
        foreach (var candidate in message.IsAbstract ? all : all.Append((Type: message, Discriminator: null)))
        {
            if (!context.Known.IsAssignable(candidate.Type, message)
                || !context.CanName(candidate.Type)
                || found.Exists(other => AreSame(other.Type, candidate.Type)))
                continue;

            var wider = found.FindIndex(other => context.Known.IsAssignable(candidate.Type, other.Type));
            found.Insert(wider < 0 ? found.Count : wider, candidate);
        }

        var names = found.ConvertAll(candidate => candidate.Type.ToSentence());
        return found.Select((candidate, index) => new CaseSpec(candidate.Type.ToTypeRef(), Name(index), candidate.Discriminator))
            .ToEquatableArray();

        string Name(int index) =>
            names.IndexOf(names[index]) == names.LastIndexOf(names[index])
                ? names[index]
                : found[index].Type.ToKey().Replace("global::", "");
    }

    /// <summary>The types that a union lists, each with its discriminator.</summary>
    private static List<(ITypeSymbol Type, ConstantSpec? Discriminator)> Listed(ControllerContext context, ITypeSymbol union) =>
        union.FindAll(context.Known.JsonDerivedType).Select(attribute => attribute.ConstructorArguments)
            .Where(arguments => arguments is [{ Value: ITypeSymbol }, ..])
            .Select(arguments => (
                (ITypeSymbol)arguments[0].Value!,
                arguments.Length > 1 ? Constants.Of(arguments[1], context) : null))
            .ToList();

    /// <summary>Whether two types are the same at run time, where tuples have no element names.</summary>
    private static bool AreSame(ITypeSymbol one, ITypeSymbol other) =>
        one.Is(other) || (one.IsTupleType && other.IsTupleType && one.ToPattern() == other.ToPattern());
}
