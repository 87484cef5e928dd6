using System.Globalization;

namespace Krait.Generators.Parsing;

/// <summary>Writes constants as C# expressions that have exactly their type.</summary>
internal static class Constants
{
    /// <summary>The default value of an optional parameter; null if that is null.</summary>
    public static string? Default(IParameterSymbol parameter)
    {
        var type = parameter.Type.WithoutNull();
        if (parameter.ExplicitDefaultValue is { } value)
            return Of(type, value);

        return parameter.Type.IsValueType && !parameter.Type.IsNullableValue ? $"default({type.ToReference()})" : null;
    }

    /// <summary>An argument of an attribute; null if generated code cannot name some part of it.</summary>
    public static string? Of(TypedConstant constant, ISymbol within, Compilation compilation) => constant switch
    {
        { Kind: TypedConstantKind.Error } or { Type: null } => null,
        _ when !IsVisible(constant.Type, within, compilation) => null,
        { IsNull: true } => $"({constant.Type.ToReference()})null!",
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => IsVisible(type, within, compilation) ? $"typeof({TypeOf(type)})" : null,
        { Kind: TypedConstantKind.Array } => Array(constant, within, compilation),
        { Value: { } value } => Of(constant.Type, value),
        _ => null,
    };

    /// <summary>Whether generated code inside that symbol can name the type.</summary>
    public static bool IsVisible(ITypeSymbol type, ISymbol within, Compilation compilation) =>
        (type is INamedTypeSymbol { IsUnboundGenericType: true, TypeKind: not TypeKind.Error } || type.SpecialType == SpecialType.System_Void || !type.IsUnnameable)
        && compilation.IsSymbolAccessibleWithin(type, within);

    private static string Of(ITypeSymbol type, object value)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } named)
            return Enum(named, value);

        return type.SpecialType switch
        {
            SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16 =>
                Cast(type, value),
            _ => Literal(value),
        };
    }

    private static string Literal(object value) => value switch
    {
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        bool flag => flag ? "true" : "false",
        long => Number(value, "L"),
        uint => Number(value, "U"),
        ulong => Number(value, "UL"),
        decimal => Number(value, "M"),
        float number => Float("float", number, Number(value, "F", "R")),
        double number => Float("double", number, Number(value, "D", "R")),
        _ => Number(value),
    };

    private static string Float(string type, double number, string literal) =>
        double.IsNaN(number) ? type + ".NaN"
        : double.IsPositiveInfinity(number) ? type + ".PositiveInfinity"
        : double.IsNegativeInfinity(number) ? type + ".NegativeInfinity"
        : literal;

    private static string Number(object value, string suffix = "", string? format = null) =>
        ((IFormattable)value).ToString(format, CultureInfo.InvariantCulture) + suffix;

    /// <summary>A number as a value of a type that has no literals; in parentheses, since the sign of a negative one would be a subtraction.</summary>
    private static string Cast(ITypeSymbol type, object value) => $"({type.ToReference()})({Number(value)})";

    private static string Enum(INamedTypeSymbol type, object value)
    {
        var name = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && field.ConstantValue!.Equals(value))?.Name;
        return name is null ? Cast(type, value) : $"{type.ToReference()}.{TypeNames.Escape(name)}";
    }

    private static string? Array(TypedConstant constant, ISymbol within, Compilation compilation)
    {
        var elements = constant.Values.Select(value => Of(value, within, compilation)).ToList();
        if (elements.Contains(null))
            return null;

        var type = ((IArrayTypeSymbol)constant.Type!).ElementType.ToReference();
        return elements.Count == 0 ? $"new {type}[0]" : $"new {type}[] {{ {string.Join(", ", elements)} }}";
    }

    private static string TypeOf(ITypeSymbol type) => type.SpecialType == SpecialType.System_Void ? "void" : type.ToKey();
}
