namespace Krait.Generators.Parsing;

/// <summary>Puts handlers that choose by type in the order in which they are tried: most derived first.</summary>
internal static class HandlerOrder
{
    /// <summary>Sorts, leaves the order of declaration where types are unrelated, and reports the second handler of a type, or of all that may come.</summary>
    public static List<Handler> Sort(ControllerContext context, IEnumerable<Handler> handlers, Func<Handler, ITypeSymbol?> selector, ITypeSymbol? all)
    {
        var sorted = new List<(Handler Handler, ITypeSymbol Type)>();
        foreach (var handler in handlers)
        {
            if (selector(handler) is not { } type)
                continue;

            var same = sorted.Find(other => SymbolEqualityComparer.Default.Equals(other.Type, type));
            if (same.Handler is not null)
            {
                context.Findings.Add(Rules.UnreachableHandler, Places.Of(handler.Method), handler.Name, same.Handler.Name, type.ToSentence());
                continue;
            }

            var wider = sorted.FindIndex(other => context.Known.IsAssignable(type, other.Type));
            sorted.Insert(wider < 0 ? sorted.Count : wider, (handler, type));
        }

        var wide = sorted.FindAll(item => all is not null && context.Known.IsAssignable(all, item.Type));
        foreach (var (handler, _) in wide.Skip(1))
            context.Findings.Add(Rules.UnreachableHandler, Places.Of(handler.Method), handler.Name, wide[0].Handler.Name, all!.ToSentence());

        return [.. sorted.Select(item => item.Handler)];
    }
}
