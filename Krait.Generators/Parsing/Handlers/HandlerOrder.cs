namespace Krait.Generators.Parsing;

/// <summary>Sorts handlers by the type that selects them: most derived first.</summary>
internal static class HandlerOrder
{
    /// <summary>
    /// Sorts, keeps the order of declaration for unrelated types, and reports the second handler of a type, or of all types that
    /// no other handler takes.
    /// </summary>
    public static List<Handler> Sort(ControllerContext context, IEnumerable<Handler> handlers, ITypeSymbol? all)
    {
        var sorted = new List<Handler>();
        foreach (var handler in handlers.Where(handler => handler.Selector is not null))
        {
            var wider = sorted.FindIndex(other => context.Known.IsAssignable(handler.Selector!, other.Selector!));
            if (sorted.Find(other => other.Selector.Is(handler.Selector)) is { } same)
                Refuse(handler, same, handler.Selector!);
            else
                sorted.Insert(wider < 0 ? sorted.Count : wider, handler);
        }

        var wide = sorted.FindAll(handler => all is not null && context.Known.IsAssignable(all, handler.Selector!));
        foreach (var handler in wide.Skip(1))
            Refuse(handler, wide[0], all!);

        return sorted;

        void Refuse(Handler handler, Handler other, ITypeSymbol taken)
        {
            var parameter = handler.Method.Parameters.First(parameter => parameter.Type.WithoutNull().Is(handler.Selector));
            context.Findings.Add(
                Rules.UnreachableHandler, Places.Type(parameter), handler.Name, other.Name, $"'{taken.ToSentence()}'");
        }
    }
}
