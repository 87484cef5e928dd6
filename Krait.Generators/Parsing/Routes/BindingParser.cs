namespace Krait.Generators.Parsing;

/// <summary>Decides where a parameter of the constructor, [OnUpgrade] or [OnOpen] comes from.</summary>
internal sealed class BindingParser(ControllerContext context, IParameterSymbol parameter, ITypeSymbol? sends)
{
    private const string Mvc = "Microsoft.AspNetCore.Mvc.";
    private const string Services = Mvc + "FromServicesAttribute";
    private const string KeyedServices = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";

    private readonly ITypeSymbol type = parameter.Type.WithoutNull();

    private readonly ParameterSpec spec = new(
        ParameterSource.Service,
        parameter.Name,
        parameter.Type.WithoutNull().ToReference(),
        IsOptional: parameter.HasExplicitDefaultValue || parameter.Type.AllowsNull,
        Default: parameter.HasExplicitDefaultValue ? Constants.Default(parameter) : null,
        ForgivesNull: !parameter.Type.AllowsNull && parameter.Type.NullableAnnotation == NullableAnnotation.NotAnnotated);

    private KnownSymbols Known => context.Known;

    private bool IsNoService => type.SpecialType == SpecialType.System_String || type.IsValueType || IsNoArgument;

    // A call with a dynamic argument would be bound when it runs, which Native AOT cannot do.
    private bool IsNoArgument => type.IsNoArgument || type.TypeKind == TypeKind.Dynamic;

    /// <summary>Why the type cannot be a service, and what can.</summary>
    private string NoService => $"'{type.ToSentence()}' cannot be a service" + (type.HasOpenStatic
        ? ", because it has static abstract members; take a class, or an interface without them"
        : "; take a class or an interface that is registered");

    /// <summary>Binds a parameter of a codec, which is built once, before any request; null if it is not a service.</summary>
    public static ParameterSpec? Singleton(ControllerContext context, IParameterSymbol parameter)
    {
        var binding = new BindingParser(context, parameter, sends: null);
        var key = parameter.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == KeyedServices);
        return parameter.RefKind != RefKind.None || binding.type.IsUnnameable || binding.IsNoArgument
            || (key is null && binding.IsNoService) ? null
            : key is null ? binding.spec
            : binding.Keyed(key);
    }

    /// <summary>Whether a parameter says that it is a service.</summary>
    public static bool IsMarkedService(IParameterSymbol parameter) => Marks(parameter).Any();

    /// <summary>Binds a parameter that is marked as a service of a handler's call, or reports why it cannot be bound.</summary>
    public static ParameterSpec ServiceOfCall(ControllerContext context, IParameterSymbol parameter)
    {
        var binding = new BindingParser(context, parameter, sends: null);
        return Marks(parameter).FirstOrDefault(attribute =>
            attribute.AttributeClass!.ToDisplayString() == KeyedServices) is { } key
            ? binding.Keyed(key)
            : binding.OfCall();
    }

    private static IEnumerable<AttributeData> Marks(IParameterSymbol parameter) =>
        parameter.GetAttributes().Where(attribute => attribute.AttributeClass?.ToDisplayString() is Services or KeyedServices);

    private ParameterSpec OfCall()
    {
        if (type.IsMissing)
            return Missing();
        if (IsNoService)
            return Refuse(NoService, Places.Type(parameter));

        return type.IsUnnameable ? Unnameable() : spec;
    }

    /// <summary>
    /// Binds a parameter, or reports why it cannot be bound. There is no connection to send with before the upgrade.
    /// </summary>
    public static ParameterSpec Bind(ControllerContext context, IParameterSymbol parameter, ITypeSymbol? sends) =>
        new BindingParser(context, parameter, sends).Bind();

    private ParameterSpec Bind()
    {
        if (HasUnreadableDefault)
            context.RefuseUnseen($"the default value of '{parameter.Name}'");

        return BindByKind();
    }

    /// <summary>Whether the default value names something that does not exist; the compiler then calls it null.</summary>
    private bool HasUnreadableDefault =>
        parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null, DeclaringSyntaxReferences: [var part, ..] }
            && part.GetSyntax(context.CancellationToken) is ParameterSyntax { Default.Value: { } value }
            && value.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(IsUnknown);

    private bool IsUnknown(SimpleNameSyntax name)
    {
        var found = Known.Compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, context.CancellationToken);
        return found is { Symbol: null, CandidateReason: CandidateReason.None };
    }

    private ParameterSpec BindByKind()
    {
        if (parameter.RefKind != RefKind.None)
        {
            var reason = $"'{Keyword(parameter.RefKind)}' parameters are not supported; remove the modifier";
            return Refuse(reason, Places.Reference(parameter));
        }

        if (ResumeParser.Concerns(parameter, Known))
            return ResumeParser.Parse(context, parameter, isOpen: sends is not null);

        return parameter.GetAttributes().Select(ByAttribute).FirstOrDefault(bound => bound is not null)
            ?? ByType()
            ?? (context.Route.Find(parameter.Name) is { } route ? Value(ParameterSource.Route, route.Name) : Service());
    }

    private ParameterSpec? ByAttribute(AttributeData attribute) => attribute.AttributeClass?.ToDisplayString() switch
    {
        Mvc + "FromRouteAttribute" => Value(ParameterSource.Route, RouteRules.Named(context, parameter, attribute)),
        Mvc + "FromQueryAttribute" => Value(ParameterSource.Query, attribute.Named("Name") as string ?? parameter.Name),
        Mvc + "FromHeaderAttribute" => Value(ParameterSource.Header, attribute.Named("Name") as string ?? parameter.Name),
        Services => Service(),
        KeyedServices => Keyed(attribute),
        "Krait.RoomAttribute" => Refuse("only the constructor can take a [Room]; move it there", Places.Of(attribute)),
        Mvc + "FromBodyAttribute" or Mvc + "FromFormAttribute" or "Microsoft.AspNetCore.Http.AsParametersAttribute" =>
            Refuse("an upgrade request has no body; take the value from the route, the query or a header", Places.Of(attribute)),
        _ => null,
    };

    private ParameterSpec? ByType()
    {
        if (type.Is(Known.HttpContext))
            return spec with { Source = ParameterSource.HttpContext };
        if (type.Is(Known.UpgradeRequest))
            return spec with { Source = ParameterSource.UpgradeRequest };
        if (type.Is(Known.ClaimsPrincipal))
            return spec with { Source = ParameterSource.User };
        if (type.Is(Known.CancellationToken))
            return spec with { Source = sends is null ? ParameterSource.RequestAborted : ParameterSource.Stopping };
        if (RoomParser.SentBy(type, Known) is { } sent)
            return NamelessRoom(RoomParser.Arguments(type, sent.ToSentence(), Known));

        return IsConnection ? Connection() : null;
    }

    private ParameterSpec Connection()
    {
        const string early = "the connection does not exist before the upgrade; take it in [OnOpen], or use the property "
            + "Connection after the upgrade";
        if (sends is null)
            return Refuse(early, Places.Type(parameter));
        if (Known.ConnectionOfT?.Construct(sends) is { } connection && Known.IsAssignable(connection, type))
            return spec with { Source = ParameterSource.Connection };

        var sent = sends.ToSentence();
        return Refuse(
            $"the connection of this controller sends '{sent}'; take WebSocketConnection<{sent}>", Places.Type(parameter));
    }

    // Krait registers no rooms, only IRooms<T>: as a service, the parameter would refuse every upgrade.
    private ParameterSpec NamelessRoom(string arguments) =>
        Refuse(
            $"'IRoom<{arguments}>' does not say which room; mark a parameter of the constructor with [Room(\"name\")], or take "
                + $"IRooms<{arguments}>",
            Places.Type(parameter));

    /// <summary>Whether the type is the connection's, whatever it sends.</summary>
    private bool IsConnection =>
        type.Is(Known.Connection)
            || type.IsConstructed(Known.ConnectionOfT, out _)
            || type.IsConstructed(Known.MessageSender, out _);

    private ParameterSpec Value(ParameterSource source, string name)
    {
        var value = spec with { Source = source, Key = name };
        if (type.IsMissing)
            return Missing();
        if (FormOf(type, parameter.Type.IsNullableValue) is { } form)
            return value with { Form = form };

        if (Several(value) is not { } several)
        {
            var cure = "is not a string, an enum, an IParsable<T> or an array of these; take a string and convert it";
            return Refuse($"'{type.ToSentence()}' {cure}", Places.Type(parameter));
        }

        return source != ParameterSource.Route ? several : Refuse(
            $"a route value is a single value, but '{type.ToSentence()}' holds several; take a single value, or use "
                + "[FromQuery] or [FromHeader]",
            Places.Type(parameter));
    }

    private ParameterSpec? Several(ParameterSpec value)
    {
        if (type.Is(Known.StringValues))
            return value with { Form = ValueForm.Values };

        return type is IArrayTypeSymbol { IsSZArray: true, ElementType: var element } && FormOf(element, false) is { } each
            ? value with { Form = each, IsList = true, Type = element.ToReference() }
            : null;
    }

    private ValueForm? FormOf(ITypeSymbol type, bool nullable)
    {
        if (type.SpecialType == SpecialType.System_String)
            return ValueForm.Text;
        if (type.TypeKind == TypeKind.Enum && !type.IsUnnameable)
            return nullable ? ValueForm.EnumNullable : ValueForm.Enum;
        if (IsParsable(type))
            return nullable ? ValueForm.ParsedNullable : ValueForm.Parsed;

        return null;
    }

    /// <summary>
    /// Whether the type parses itself. What other generators may still complete gets the benefit of the doubt where their work is
    /// not seen.
    /// </summary>
    private bool IsParsable(ITypeSymbol type) =>
        type.AllInterfaces.Any(candidate => candidate.IsConstructed(Known.Parsable, out var self) && self.Is(type))
            ? !type.IsUnnameable && !type.IsNoArgument
            : Known.MayBeCompleted(type);

    private ParameterSpec Service()
    {
        if (type.IsMissing)
            return Missing();
        if (context.Route.Fault is not null || context.Attribute.Pattern is null)
            return spec; // it may be meant as a route value of that name
        if (type.Is(Known.CloseInfo))
            return Refuse("the connection is not closed yet; take CloseInfo in [OnClose]", Places.Type(parameter));
        if (type.HasOpenStatic || type.TypeKind == TypeKind.Dynamic)
            return Refuse(NoService, Places.Type(parameter));
        if (!IsNoService)
            return type.IsUnnameable ? Unnameable() : spec;

        return Refuse(
            $"the route pattern has no {{{parameter.Name}}}, and '{type.ToSentence()}' cannot be a service; add "
                + $"{{{parameter.Name}}} to the pattern, or use [FromQuery] or [FromHeader]");
    }

    private ParameterSpec Keyed(AttributeData attribute)
    {
        const string unfit =
            "generated code cannot reference the key of [FromKeyedServices]; use a constant that is visible in other files";
        if (attribute.ConstructorArguments is not [var constant] || Constants.Of(constant, context) is not { } key)
            return Refuse(unfit, Places.Argument(attribute, "key"));
        if (type.IsMissing)
            return Missing();

        if (IsNoArgument)
            return Refuse(NoService, Places.Type(parameter));

        return parameter.Type.IsUnnameable ? Unnameable() : spec with { Source = ParameterSource.KeyedService, ServiceKey = key };
    }

    private static string Keyword(RefKind kind) =>
        kind == RefKind.RefReadOnlyParameter ? "ref readonly" : kind.ToString().ToLowerInvariant();

    private ParameterSpec Missing()
    {
        context.RefuseMissing(type);
        return spec;
    }

    private ParameterSpec Unnameable() =>
        Refuse(
            $"generated code cannot reference '{type.ToSentence()}'; use a type that is visible in other files",
            Places.Type(parameter));

    private ParameterSpec Refuse(string reason, Func<Location?>? place = null)
    {
        context.Findings.Add(Rules.Unbindable, place ?? Places.Of(parameter), parameter.Name, reason);
        return spec;
    }
}
