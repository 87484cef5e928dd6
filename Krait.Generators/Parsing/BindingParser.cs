using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>Decides where the parameters of the constructor, [OnUpgrade] and [OnOpen] come from.</summary>
internal static class BindingParser
{
    private const string Mvc = "Microsoft.AspNetCore.Mvc.";
    private const string KeyedServices = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";

    /// <summary>Binds a parameter of what is built once, before any request; null if it asks for no service.</summary>
    public static ParameterSpec? Singleton(ControllerContext context, IParameterSymbol parameter)
    {
        var type = parameter.Type.WithoutNull();
        var key = parameter.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == KeyedServices);
        if (parameter.RefKind != RefKind.None || type.IsUnnameable || (key is null && (type.SpecialType == SpecialType.System_String || type.IsValueType)))
            return null;

        return key is null ? Unbound(parameter) : Keyed(context, parameter, Unbound(parameter), key);
    }

    private static ParameterSpec Unbound(IParameterSymbol parameter) =>
        new(ParameterSource.Service, TypeNames.Escape(parameter.Name), parameter.Type.WithoutNull().ToReference())
        {
            IsOptional = parameter.HasExplicitDefaultValue || parameter.Type.AllowsNull,
            Default = parameter.HasExplicitDefaultValue ? Constants.Default(parameter) : null,
            ForgivesNull = !parameter.Type.AllowsNull && parameter.Type.NullableAnnotation == NullableAnnotation.NotAnnotated,
        };

    /// <summary>Binds a parameter, or reports why it cannot be bound. Before the upgrade there is no connection that sends anything.</summary>
    public static ParameterSpec Bind(ControllerContext context, IParameterSymbol parameter, ITypeSymbol? sends)
    {
        var spec = Unbound(parameter);
        if (parameter.RefKind != RefKind.None)
            return Refuse(context, parameter, spec, $"'{Keyword(parameter.RefKind)}' parameters have no meaning here; remove the modifier", Places.Reference(parameter));

        return ByAttribute(context, parameter, spec) ?? ByType(context, parameter, spec, sends) ?? ByName(context, parameter, spec);
    }

    private static ParameterSpec? ByAttribute(ControllerContext context, IParameterSymbol parameter, ParameterSpec spec)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            switch (attribute.AttributeClass?.ToDisplayString())
            {
                case Mvc + "FromRouteAttribute":
                    RouteRules.CheckNamed(context, parameter, attribute, Name(attribute, parameter));
                    return Value(context, parameter, spec, ParameterSource.Route, Name(attribute, parameter));
                case Mvc + "FromQueryAttribute":
                    return Value(context, parameter, spec, ParameterSource.Query, Name(attribute, parameter));
                case Mvc + "FromHeaderAttribute":
                    return Value(context, parameter, spec, ParameterSource.Header, Name(attribute, parameter));
                case Mvc + "FromServicesAttribute":
                    return Service(context, parameter, spec);
                case KeyedServices:
                    return Keyed(context, parameter, spec, attribute);
                case Mvc + "FromBodyAttribute" or Mvc + "FromFormAttribute" or "Microsoft.AspNetCore.Http.AsParametersAttribute":
                    return Refuse(context, parameter, spec, "a request to upgrade has no body; take a value of the route, the query or a header", Places.Of(attribute));
            }
        }

        return null;
    }

    private static ParameterSpec? ByType(ControllerContext context, IParameterSymbol parameter, ParameterSpec spec, ITypeSymbol? sends)
    {
        var known = context.Known;
        var type = parameter.Type.WithoutNull();
        ParameterSource? source =
            KnownSymbols.Is(type, known.HttpContext) ? ParameterSource.HttpContext
            : KnownSymbols.Is(type, known.UpgradeRequest) ? ParameterSource.UpgradeRequest
            : KnownSymbols.Is(type, known.ClaimsPrincipal) ? ParameterSource.User
            : KnownSymbols.Is(type, known.CancellationToken) ? sends is null ? ParameterSource.RequestAborted : ParameterSource.Stopping
            : null;
        if (source is { } found)
            return spec with { Source = found };
        if (!IsConnection(type, known))
            return null;
        if (sends is null)
            return Refuse(context, parameter, spec, "before the upgrade there is no connection yet; take it in [OnOpen], or use Connection from there on", Places.Type(parameter));
        if (known.ConnectionOfT?.Construct(sends) is { } connection && known.IsAssignable(connection, type))
            return spec with { Source = ParameterSource.Connection };

        return Refuse(context, parameter, spec, $"the connection of this controller sends '{sends.ToSentence()}'; take WebSocketConnection<{sends.ToSentence()}>", Places.Type(parameter));
    }

    /// <summary>Whether the type is the connection's, whatever it sends.</summary>
    public static bool IsConnection(ITypeSymbol type, KnownSymbols known) =>
        KnownSymbols.Is(type, known.Connection)
        || KnownSymbols.IsConstructed(type, known.ConnectionOfT, out _)
        || KnownSymbols.IsConstructed(type, known.MessageSender, out _);

    private static ParameterSpec ByName(ControllerContext context, IParameterSymbol parameter, ParameterSpec spec) =>
        context.Route.Find(parameter.Name) is { } route
            ? Value(context, parameter, spec, ParameterSource.Route, route.Name)
            : Service(context, parameter, spec);

    private static ParameterSpec Value(ControllerContext context, IParameterSymbol parameter, ParameterSpec spec, ParameterSource source, string name)
    {
        var type = parameter.Type.WithoutNull();
        if (type.IsMissing)
            return Missing(context, spec, type);

        spec = spec with { Source = source, Key = SymbolDisplay.FormatLiteral(name, quote: true) };
        if (FormOf(type, parameter.Type.IsNullableValue, context.Known) is { } form)
            return spec with { Form = form };

        var several = KnownSymbols.Is(type, context.Known.StringValues) ? spec with { Form = ValueForm.Values }
            : type is IArrayTypeSymbol { IsSZArray: true } array && FormOf(array.ElementType, false, context.Known) is { } each
                ? spec with { Form = each, IsList = true, Type = array.ElementType.ToReference() }
                : null;
        return several is null ? Refuse(context, parameter, spec, $"'{type.ToSentence()}' is neither string, an enum nor IParsable<T>, nor an array of such; take a string and convert it", Places.Type(parameter))
            : source == ParameterSource.Route ? Refuse(context, parameter, spec, $"a route value is one value, and '{type.ToSentence()}' takes several; take one, or use [FromQuery] or [FromHeader]", Places.Type(parameter))
            : several;
    }

    private static ValueForm? FormOf(ITypeSymbol type, bool nullable, KnownSymbols known) =>
        type.SpecialType == SpecialType.System_String ? ValueForm.Text
        : type.TypeKind == TypeKind.Enum && !type.IsUnnameable ? nullable ? ValueForm.EnumNullable : ValueForm.Enum
        : IsParsable(type, known) ? nullable ? ValueForm.ParsedNullable : ValueForm.Parsed
        : null;

    /// <summary>Whether the type parses itself. What other generators may still complete gets the benefit of the doubt where their work is not seen.</summary>
    private static bool IsParsable(ITypeSymbol type, KnownSymbols known)
    {
        if (type.AllInterfaces.Any(candidate => KnownSymbols.IsConstructed(candidate, known.Parsable, out var self) && SymbolEqualityComparer.Default.Equals(self, type)))
            return !type.IsUnnameable;

        return known.MayBeCompleted(type);
    }

    private static ParameterSpec Service(ControllerContext context, IParameterSymbol parameter, ParameterSpec spec)
    {
        var type = parameter.Type.WithoutNull();
        if (type.IsMissing)
            return Missing(context, spec, type);
        if (context.Route.Fault is not null || context.Attribute.Pattern is null)
            return spec; // it may well be a value of the route that is meant there
        if (type.SpecialType == SpecialType.System_String || type.IsValueType)
            return Refuse(context, parameter, spec, $"the route pattern has no '{parameter.Name}', and '{type.ToSentence()}' is no service; add {{{parameter.Name}}} to the pattern, or use [FromQuery] or [FromHeader]");
        if (type.IsUnnameable || type.IsRefLikeType)
            return Unnameable(context, parameter, spec);

        return spec;
    }

    private static ParameterSpec Keyed(ControllerContext context, IParameterSymbol parameter, ParameterSpec spec, AttributeData attribute)
    {
        var key = attribute.ConstructorArguments is [var constant] ? Constants.Of(constant, context.Symbol, context.Known.Compilation) : null;
        if (key is null)
            return Refuse(context, parameter, spec, "generated code cannot write the key of [FromKeyedServices]; use a constant that other files see", Places.Argument(attribute, "key"));
        if (parameter.Type.IsMissing)
            return Missing(context, spec, parameter.Type);
        if (parameter.Type.IsUnnameable)
            return Unnameable(context, parameter, spec);

        return spec with { Source = ParameterSource.KeyedService, Key = key };
    }

    /// <summary>Refuses what generated code could not name either; the compiler says that it is missing, unless another generator brings it.</summary>
    private static ParameterSpec Missing(ControllerContext context, ParameterSpec spec, ITypeSymbol type)
    {
        context.Findings.Refuse($"The type '{type.ToSentence()}' does not exist.");
        return spec;
    }

    private static string Name(AttributeData attribute, IParameterSymbol parameter) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string ?? parameter.Name;

    private static string Keyword(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref",
        RefKind.Out => "out",
        RefKind.In => "in",
        _ => "ref readonly",
    };

    private static ParameterSpec Unnameable(ControllerContext context, IParameterSymbol parameter, ParameterSpec spec) =>
        Refuse(context, parameter, spec, $"generated code cannot name '{parameter.Type.ToSentence()}'; take a type that other files see", Places.Type(parameter));

    private static ParameterSpec Refuse(ControllerContext context, IParameterSymbol parameter, ParameterSpec spec, string reason, Func<Location?>? place = null)
    {
        context.Findings.Add(Rules.Unbindable, place ?? Places.Of(parameter), parameter.Name, reason);
        return spec;
    }
}
