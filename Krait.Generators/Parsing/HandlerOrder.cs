using Krait.Generators.Diagnostics;

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
                Refuse(handler, type, same.Handler, type);
                continue;
            }

            var wider = sorted.FindIndex(other => context.Known.IsAssignable(type, other.Type));
            sorted.Insert(wider < 0 ? sorted.Count : wider, (handler, type));
        }

        var wide = sorted.FindAll(item => all is not null && context.Known.IsAssignable(all, item.Type));
        foreach (var (handler, type) in wide.Skip(1))
            Refuse(handler, type, wide[0].Handler, all!);

        return [.. sorted.Select(item => item.Handler)];

        void Refuse(Handler handler, ITypeSymbol type, Handler other, ITypeSymbol taken) => context.Findings.Add(
            Rules.UnreachableHandler,
            Places.Type(handler.Method.Parameters.First(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type.WithoutNull(), type))),
            handler.Name,
            other.Name,
            $"'{taken.ToSentence()}'");
    }
}
