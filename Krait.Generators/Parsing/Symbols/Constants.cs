namespace Krait.Generators.Parsing;

/// <summary>Reads constants.</summary>
internal static class Constants
{
    /// <summary>The default value of an optional parameter; null if that is null.</summary>
    public static ConstantSpec? Default(IParameterSymbol parameter)
    {
        if (parameter.ExplicitDefaultValue is { } value)
            return Of(parameter.Type.WithoutNull(), value);

        return parameter.Type.IsValueType && !parameter.Type.IsNullableValue
            ? new(ConstantKind.Default, parameter.Type.ToReference())
            : null;
    }

    /// <summary>An argument of an attribute; null if generated code cannot name some part of it.</summary>
    public static ConstantSpec? Of(TypedConstant constant, ControllerContext context) => constant switch
    {
        { Kind: TypedConstantKind.Error } or { Type: null } => null,
        _ when !context.CanName(constant.Type) => null,
        { IsNull: true } => new(ConstantKind.Null, constant.Type.ToReference()),
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } =>
            context.CanName(type) ? new(ConstantKind.Type, constant.Type.ToReference(), type.ToKey()) : null,
        { Kind: TypedConstantKind.Array } => Array(constant, context),
        { Value: { } value } => Of(constant.Type, value),
        _ => null,
    };

    private static ConstantSpec? Array(TypedConstant constant, ControllerContext context)
    {
        var items = constant.Values.Select(value => Of(value, context)).OfType<ConstantSpec>().ToEquatableArray();
        var type = ((IArrayTypeSymbol)constant.Type!).ElementType.ToReference();
        return items.Count == constant.Values.Length ? new(ConstantKind.Array, type, Items: items) : null;
    }

    private static ConstantSpec Of(ITypeSymbol type, object value) => value switch
    {
        _ when type.TypeKind == TypeKind.Enum => Enum(type, value),
        byte or sbyte or short or ushort => new(ConstantKind.Number, type.ToReference(), Digits(value)),
        string text => new(ConstantKind.Text, "string", text),
        char character => new(ConstantKind.Character, "char", character.ToString()),
        bool flag => new(ConstantKind.Boolean, "bool", flag ? "true" : "false"),
        DateTime time => new(ConstantKind.Time, "global::System.DateTime", Digits(time.Ticks)),
        long => new(ConstantKind.Number, "long", Digits(value)),
        uint => new(ConstantKind.Number, "uint", Digits(value)),
        ulong => new(ConstantKind.Number, "ulong", Digits(value)),
        decimal => new(ConstantKind.Number, "decimal", Digits(value)),
        float => new(ConstantKind.Number, "float", Digits(value, "R")),
        double => new(ConstantKind.Number, "double", Digits(value, "R")),
        _ => new(ConstantKind.Number, "int", Digits(value)),
    };

    private static ConstantSpec Enum(ITypeSymbol type, object value)
    {
        var name = type.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => field.HasConstantValue && field.ConstantValue!.Equals(value))?.Name;
        return name is null
            ? new(ConstantKind.Number, type.ToReference(), Digits(value))
            : new(ConstantKind.EnumMember, type.ToReference(), name);
    }

    private static string Digits(object value, string? format = null) =>
        ((IFormattable)value).ToString(format, CultureInfo.InvariantCulture);
}
