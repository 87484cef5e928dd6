using Krait.Generators.Emission;

namespace Krait.Generators.Parsing;

/// <summary>Writes an attribute as an expression that constructs it, or says why generated code cannot.</summary>
internal static class AttributeText
{
    /// <summary>
    /// The expression or the fault. Neither if Krait's generator cannot see a type in it; then the controller is refused.
    /// </summary>
    public static (string? Expression, string? Fault) Of(AttributeData attribute, ControllerContext context)
    {
        const string hidden = "its constructor is not accessible; make it public";
        if (attribute.AttributeClass is not { } type || (type.IsMissing && attribute.ApplicationSyntaxReference is null))
            return (null, "the project does not reference the assembly of its class; reference it");
        if (type.IsMissing)
            return Missing(type, context);
        if (Fault(type, context) is { } fault)
            return (null, fault);
        if (attribute.AttributeConstructor is not { } constructor)
            return attribute.ApplicationSyntaxReference is null ? (null, hidden) : Unreadable(attribute, context);
        if (!context.CanUse(constructor))
            return (null, hidden);

        var types = Constants(attribute).SelectMany(Types).ToList();
        if (types.Find(argument => argument.IsMissing) is { } missing)
            return Missing(missing, context);
        if (Constants(attribute).Any(IsUnreadable))
            return Unreadable(attribute, context);

        var unfit = types.Select(argument => Fault(argument, context)).FirstOrDefault(reason => reason is not null);
        unfit ??= Unsettable(attribute, context) ?? Conditional(type);
        return unfit is null ? (Expression(attribute, constructor, context), null) : (null, unfit);
    }

    /// <summary>The types that the expression names: the class of the attribute, and those of its arguments.</summary>
    public static IEnumerable<ITypeSymbol> TypesOf(AttributeData attribute) =>
        Constants(attribute).SelectMany(Types).Prepend(attribute.AttributeClass!);

    /// <summary>The attribute as its author writes it, without arguments.</summary>
    public static string Name(AttributeData attribute)
    {
        const string suffix = "Attribute";
        var name = attribute.AttributeClass?.Name ?? suffix;
        var length = name.Length - suffix.Length;
        return length > 0 && name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, length) : name;
    }

    private static string Expression(AttributeData attribute, IMethodSymbol constructor, ControllerContext context)
    {
        Mention(attribute, constructor, context.Mentions);
        var arguments = attribute.ConstructorArguments.Zip(
            constructor.Parameters, (argument, parameter) => Argument(argument, parameter.Type, context));
        var properties = attribute.NamedArguments.Select(argument =>
            $"{TypeNames.Escape(argument.Key)} = {Constant(argument.Value, context)}");
        var initializer = attribute.NamedArguments.IsEmpty ? "" : $" {{ {string.Join(", ", properties)} }}";
        return $"new {attribute.AttributeClass!.ToReference()}({string.Join(", ", arguments)}){initializer}";
    }

    /// <summary>An argument, cast where another overload of the constructor could take it as well.</summary>
    private static string? Argument(TypedConstant argument, ITypeSymbol declared, ControllerContext context)
    {
        var text = Constant(argument, context);
        var isObject = declared.SpecialType == SpecialType.System_Object;
        return text is null || !isObject || argument.Type is null or { SpecialType: SpecialType.System_Object }
            ? text
            : $"({declared.ToReference()})({text})";
    }

    private static string? Constant(TypedConstant constant, ControllerContext context) =>
        Parsing.Constants.Of(constant, context) is { } known ? ConstantEmitter.Expression(known) : null;

    private static void Mention(AttributeData attribute, IMethodSymbol constructor, Mentions mentions)
    {
        mentions.Add(attribute.AttributeClass!);
        mentions.Add(constructor);
        foreach (var type in Constants(attribute).SelectMany(Types))
            mentions.Add(type);
        foreach (var member in attribute.NamedArguments.Select(argument => Member(attribute, argument.Key)).OfType<ISymbol>())
            mentions.AddMember(member);
    }

    private static ISymbol? Member(AttributeData attribute, string name) =>
        attribute.AttributeClass!.Line().SelectMany(type => type.GetMembers(name)).FirstOrDefault();

    private static string? Fault(ITypeSymbol type, ControllerContext context)
    {
        if (context.CanName(type))
            return null;
        if (type.Pieces().FirstOrDefault(piece => piece.IsFileLocal) is { } local)
            return $"'{local.ToSentence()}' is local to its file; remove 'file'";

        return type.Pieces().FirstOrDefault(piece => !context.CanUse(piece)) is { } hidden
            ? Hidden(hidden, context)
            : $"generated code cannot reference '{type.ToSentence()}'; use another type";
    }

    private static string Hidden(INamedTypeSymbol type, ControllerContext context) =>
        type.ContainingAssembly.Is(context.Known.Compilation.Assembly)
            ? $"'{type.ToSentence()}' is private; make it internal"
            : $"'{type.ToSentence()}' is not public in '{type.ContainingAssembly.Name}'; make it public";

    /// <summary>A property or field that only its own assembly can set.</summary>
    private static string? Unsettable(AttributeData attribute, ControllerContext context)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            var member = Member(attribute, argument.Key);
            if (member is not null && !context.CanUse((member as IPropertySymbol)?.SetMethod ?? member))
                return $"its '{argument.Key}' cannot be set; make the setter public";
        }

        return null;
    }

    private static string? Conditional(INamedTypeSymbol type) => !type.Has("ConditionalAttribute") ? null
        : "it is [Conditional], and Krait cannot tell whether the compiler keeps it; remove [Conditional]";

    private static IEnumerable<TypedConstant> Constants(AttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.Value));

    private static IEnumerable<ITypeSymbol> Types(TypedConstant constant)
    {
        var inner = constant switch
        {
            { Kind: TypedConstantKind.Array, IsNull: false } => constant.Values.SelectMany(Types),
            { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => [type],
            _ => [],
        };
        return constant is { Type: { } own, Kind: not TypedConstantKind.Error } ? inner.Prepend(own) : inner;
    }

    private static bool IsUnreadable(TypedConstant constant) => constant.Kind == TypedConstantKind.Error || constant.Type is null
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsUnreadable));

    private static (string? Expression, string? Fault) Missing(ITypeSymbol type, ControllerContext context)
    {
        context.RefuseMissing(type);
        return default;
    }

    private static (string? Expression, string? Fault) Unreadable(AttributeData attribute, ControllerContext context)
    {
        context.RefuseUnseen($"an argument of '{Name(attribute)}'");
        return default;
    }
}
