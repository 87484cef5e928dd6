namespace Krait.Generators.Parsing;

/// <summary>A codec that a controller names in [MessageCodec].</summary>
internal sealed record NamedCodec(AttributeData Attribute, INamedTypeSymbol Type)
{
    public string? Protocol => Attribute.Named(nameof(Protocol)) as string;

    /// <summary>The types that it reads, or writes, by its interfaces; empty for an open generic codec.</summary>
    public IEnumerable<ITypeSymbol> Serves(INamedTypeSymbol? contract) =>
        Type.IsUnboundGenericType
            ? []
            : Type.AllInterfaces.Where(candidate => candidate.IsConstructed(contract, out _))
                .Select(candidate => candidate.TypeArguments[0].WithoutNull());

    /// <summary>The codec for a message type: itself, or constructed with the type; null if it does not fit.</summary>
    public INamedTypeSymbol? For(ITypeSymbol message, INamedTypeSymbol? contract, KnownSymbols known)
    {
        var codec = !Type.IsUnboundGenericType ? Type
            : Allows(Type.OriginalDefinition.TypeParameters[0], message, known) ? Type.OriginalDefinition.Construct(message)
            : null;
        return codec is not null && contract is not null && known.IsAssignable(codec, contract.Construct(message)) ? codec : null;
    }

    /// <summary>Describes how to construct it, or reports a constructor parameter that has no value.</summary>
    public CodecSpec ToSpec(ControllerContext context, INamedTypeSymbol codec, out string? unfit)
    {
        unfit = null;
        context.Mentions.Add(codec);
        if (ConstructorParser.Choose(codec) is { } chosen)
            context.Mentions.Add(chosen);
        var parameters = new List<ParameterSpec>();
        foreach (var parameter in ConstructorParser.Choose(codec)?.Parameters ?? [])
        {
            if (BindingParser.Singleton(context, parameter) is { } service)
                parameters.Add(service);
            else if (!parameter.HasExplicitDefaultValue)
                unfit = $"its constructor parameter '{parameter.Name}' is not a service; take only singleton services";
        }

        return new(Protocol, codec.ToTypeRef(), parameters.ToEquatableArray());
    }

    /// <summary>Why it cannot be constructed; null if it can.</summary>
    public string? Unfit(ControllerContext context)
    {
        var definition = Type.OriginalDefinition;
        if (Type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || Type.IsAbstract || Type.IsRefLikeType)
            return "it cannot be constructed; name a class that can";
        if (Type.IsUnboundGenericType && (definition.Arity != 1 || definition.ContainingType is { IsGenericType: true }))
            return "an open generic codec can have only one type parameter, the message type; specify its type arguments";
        if (!context.CanName(Type))
            return "generated code cannot reference it; make it internal";
        if (ConstructorParser.Choose(definition) is not { } constructor || !context.CanUse(constructor))
            return "Krait cannot tell which constructor to use; make only one public, or mark one with "
                + "[ActivatorUtilitiesConstructor]";

        return ConstructorParser.Unset(definition, constructor) is { } required
            ? $"Krait cannot set its required member '{required.Name}'; take the value in the constructor"
            : null;
    }

    /// <summary>
    /// Whether a type meets the constraints of a type parameter, as the compiler would check them.
    /// </summary>
    private static bool Allows(ITypeParameterSymbol parameter, ITypeSymbol type, KnownSymbols known) =>
        !(parameter.HasReferenceTypeConstraint && !type.IsReferenceType)
        && !(parameter.HasValueTypeConstraint && (!type.IsValueType || type.IsNullableValue))
        && !(parameter.HasUnmanagedTypeConstraint && !type.IsUnmanagedType)
        && !(parameter.HasConstructorConstraint && !HasConstructor(type))
        && parameter.ConstraintTypes.All(constraint =>
            known.IsAssignable(type, Close(constraint, parameter, type)) || known.MayBeCompleted(type));

    private static bool HasConstructor(ITypeSymbol type) =>
        type.IsValueType || (type is INamedTypeSymbol { IsAbstract: false, InstanceConstructors: var constructors }
            && constructors.Any(constructor =>
                constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public }));

    private static ITypeSymbol Close(
        ITypeSymbol constraint, ITypeParameterSymbol parameter, ITypeSymbol type) => constraint switch
        {
            ITypeParameterSymbol => type,
            INamedTypeSymbol { TypeArguments.Length: > 0 } named =>
                named.OriginalDefinition.Construct([.. named.TypeArguments.Select(argument => Close(argument, parameter, type))]),
            _ => constraint,
        };
}
