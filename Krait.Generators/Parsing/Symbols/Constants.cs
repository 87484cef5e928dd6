namespace Krait.Generators.Parsing;

/// <summary>Writes constants as C# expressions that have exactly their type.</summary>
internal static class Constants
{
    /// <summary>The default value of an optional parameter; null if that is null.</summary>
    public static string? Default(IParameterSymbol parameter) =>
        parameter.ExplicitDefaultValue is { } value ? Of(parameter.Type.WithoutNull(), value)
        : parameter.Type.IsValueType && !parameter.Type.IsNullableValue ? $"default({parameter.Type.ToReference()})"
        : null;

    /// <summary>An argument of an attribute, cast where another overload of the constructor could take it as well.</summary>
    public static string? Argument(TypedConstant constant, ITypeSymbol declared, ControllerContext context) =>
        Of(constant, context) is not { } text
            || constant.Type is null or { SpecialType: SpecialType.System_Object }
            || declared.SpecialType != SpecialType.System_Object
            ? Of(constant, context)
            : $"({declared.ToReference()})({text})";

    /// <summary>An argument of an attribute; null if generated code cannot name some part of it.</summary>
    public static string? Of(TypedConstant constant, ControllerContext context) => constant switch
    {
        { Kind: TypedConstantKind.Error } or { Type: null } => null,
        _ when !context.CanName(constant.Type) => null,
        { IsNull: true } => $"({constant.Type.ToReference()})null!",
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } =>
            !context.CanName(type) ? null
                : type.SpecialType == SpecialType.System_Void ? "typeof(void)"
                : $"typeof({type.ToKey()})",
        { Kind: TypedConstantKind.Array } => Array(constant, context),
        { Value: { } value } => Of(constant.Type, value),
        _ => null,
    };

    private static string? Array(TypedConstant constant, ControllerContext context)
    {
        var type = ((IArrayTypeSymbol)constant.Type!).ElementType.ToReference();
        var elements = constant.Values.Select(value => Of(value, context)).ToList();
        return elements.Contains(null) ? null
            : elements.Count == 0 ? $"new {type}[0]"
            : $"new {type}[] {{ {string.Join(", ", elements)} }}";
    }

    private static string Of(ITypeSymbol type, object value) => value switch
    {
        _ when type.TypeKind == TypeKind.Enum => Enum(type, value),
        byte or sbyte or short or ushort => Cast(type, value),
        string text => text.ToLiteral(),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        bool flag => flag ? "true" : "false",
        DateTime time => $"new global::System.DateTime({time.Ticks.ToString(CultureInfo.InvariantCulture)}L)",
        long => Number(value, "L"),
        uint => Number(value, "U"),
        ulong => Number(value, "UL"),
        decimal => Number(value, "M"),
        float number => Float("float", number, Number(value, "F", "R")),
        double number => Float("double", number, Number(value, "D", "R")),
        _ => Number(value),
    };

    private static string Float(string type, double number, string literal) => number switch
    {
        double.NaN => type + ".NaN",
        double.PositiveInfinity => type + ".PositiveInfinity",
        double.NegativeInfinity => type + ".NegativeInfinity",
        _ => literal,
    };

    private static string Number(object value, string suffix = "", string? format = null) =>
        ((IFormattable)value).ToString(format, CultureInfo.InvariantCulture) + suffix;

    /// <summary>
    /// A number as a value of a type that has no literals; in parentheses, since the sign of a negative one would be a
    /// subtraction.
    /// </summary>
    private static string Cast(ITypeSymbol type, object value) => $"({type.ToReference()})({Number(value)})";

    private static string Enum(ITypeSymbol type, object value)
    {
        var name = type.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => field.HasConstantValue && field.ConstantValue!.Equals(value))?.Name;
        return name is null ? Cast(type, value) : $"{type.ToReference()}.{TypeNames.Escape(name)}";
    }
}
