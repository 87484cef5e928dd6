namespace Krait.Generators.Parsing;

/// <summary>Finds the handlers of a controller, and refuses methods that cannot be called.</summary>
internal static class HandlerCollector
{
    /// <summary>The handlers in the order of their declaration; only the first of a kind that may exist once.</summary>
    public static List<Handler> Collect(ControllerContext context)
    {
        var handlers = new List<Handler>();
        var marked = Marked(context.Symbol);
        foreach (var (method, _, kind) in marked.InSourceOrder(found => found.Mark.ApplicationSyntaxReference))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (!Accept(context, kind, method, handlers))
                continue;

            var handler = new Handler(kind, method, context.Known);
            handlers.Add(handler);
            if (Grammar.UnfitReturn(handler) is { } reason)
                context.Findings.Add(Rules.UnfitHandler, Places.Returned(method), method.Name, kind.ToString(), reason);
        }

        foreach (var method in marked.Select(found => found.Method).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
            ReportEndpointAttributes(context, method);

        ReportInherited(context);

        // Do not also report missing handlers for a class that cannot be a controller. One with a room has its messages to send.
        if (marked.Count == 0 && context.Findings.Errors == 0 && RoomParser.Marked(context).Count == 0)
            context.Findings.Add(Rules.NoHandler, context.ClassPlace, context.Name);

        PutBeside(context, handlers.FindAll(handler => handler is { Kind: HandlerKind.OnMessage, Message: not null }));
        return handlers;
    }

    private static List<(IMethodSymbol Method, AttributeData Mark, HandlerKind Kind)> Marked(INamedTypeSymbol symbol) =>
        [..
            from method in symbol.GetMembers().OfType<IMethodSymbol>()
            from attribute in method.GetAttributes()
            let kind = KindOf(attribute)
            where kind is not null
            select (method, attribute, kind.Value)];

    private static void ReportEndpointAttributes(ControllerContext context, IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes().Where(attribute => KindOf(attribute) is null))
        {
            if (attribute.AttributeClass is not { } type || !EndpointMetadata.Is(type))
                continue;

            var name = type.Name.Replace("Attribute", "");
            context.Findings.Add(Rules.EndpointAttribute, Places.Of(attribute), name, method.Name, context.Name);
        }
    }

    /// <summary>Reports the handlers of base classes in other assemblies, where no rule is told of them.</summary>
    private static void ReportInherited(ControllerContext context)
    {
        var foreign = context.Symbol.Line().Skip(1)
            .Where(type =>
                type.SpecialType == SpecialType.None && !type.ContainingAssembly.Is(context.Symbol.ContainingAssembly));
        foreach (var method in foreign.SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>())
        {
            if (method.GetAttributes().Select(KindOf).FirstOrDefault(kind => kind is not null) is { } kind)
                context.Findings.Add(
                    Rules.InheritedHandler,
                    Places.Base(context),
                    method.Name,
                    kind.ToString(),
                    method.ContainingType.Name,
                    context.Name);
        }
    }

    /// <summary>Moves the one handler of binary frames out of the list of handlers of text.</summary>
    private static void PutBeside(ControllerContext context, List<Handler> handlers)
    {
        var binary = handlers.FindAll(handler =>
            MessageType.Codec(handler.Message!, context.Known) is MessageCodecKind.Bytes or MessageCodecKind.Binary
                or MessageCodecKind.Raw);
        foreach (var handler in binary.Count < handlers.Count ? binary : [])
        {
            handler.IsBeside = true;
            if (handler != binary[0])
                context.Findings.Add(
                    Rules.UnreachableHandler,
                    Places.Type(handler.MessageParameter!),
                    handler.Name,
                    binary[0].Name,
                    "binary frame");
        }
    }

    /// <summary>The kind of handler that an attribute marks; null for every other attribute.</summary>
    public static HandlerKind? KindOf(AttributeData attribute) =>
        attribute.AttributeClass is { ContainingAssembly.Name: "Krait.Runtime", ContainingType: null, Name: var name }
            && name.EndsWith("Attribute", StringComparison.Ordinal)
            && Enum.TryParse<HandlerKind>(name.Substring(0, name.Length - "Attribute".Length), out var kind)
            ? kind
            : null;

    private static bool Accept(ControllerContext context, HandlerKind kind, IMethodSymbol method, List<Handler> handlers)
    {
        if (kind is not (HandlerKind.OnMessage or HandlerKind.OnError)
            && handlers.Find(handler => handler.Kind == kind) is { } first)
        {
            context.Findings.Add(
                Rules.RepeatedHandler, Places.Of(method), method.Name, kind.ToString(), context.Name, first.Name);
            return false;
        }

        var (unfit, place) = Unfit(method, context.Known);
        if (unfit is not null)
            context.Findings.Add(Rules.UnfitHandler, place, method.Name, kind.ToString(), unfit);
        else if (method is { IsAsync: true, ReturnsVoid: true } && kind != HandlerKind.OnUpgrade)
            context.Findings.Add(Rules.AsyncVoidHandler, Places.Returned(method), method.Name);
        else if (kind == HandlerKind.OnUpgrade && !method.IsStatic)
            context.Findings.Add(Rules.InstanceOnUpgrade, Places.Of(method), method.Name);

        return unfit is null;
    }

    private static (string? Unfit, Func<Location?> Place) Unfit(IMethodSymbol method, KnownSymbols known)
    {
        const string preferred =
            "C# would call another overload, which has a higher [OverloadResolutionPriority]; rename one of them";
        const string generic = "it is generic, and Krait cannot choose the types; remove its type parameters";
        if (method.MethodKind != MethodKind.Ordinary)
            return ("a handler must be an ordinary method; move the attribute to one", Places.Of(method));
        if (method.IsGenericMethod)
            return (generic, Places.TypeParameters(method));
        if (method.IsAbstract)
            return ("it is abstract; give it a body", Places.Word(method, SyntaxKind.AbstractKeyword));
        if (method.RefKind != RefKind.None)
            return ("it returns by reference; remove 'ref'", Places.Returned(method));
        if (method.Parameters.FirstOrDefault(parameter => parameter.RefKind != RefKind.None) is { } passed)
            return ($"its parameter '{passed.Name}' is passed by reference; remove the modifier", Places.Reference(passed));

        return Overloads.Preferred(method, known) is null ? default : (preferred, Places.Of(method));
    }
}
