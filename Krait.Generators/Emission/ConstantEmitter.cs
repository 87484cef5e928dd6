namespace Krait.Generators.Emission;

/// <summary>Writes constants as expressions that have exactly their type.</summary>
internal static class ConstantEmitter
{
    public static string Expression(ConstantSpec constant) => constant.Kind switch
    {
        ConstantKind.Null => $"({constant.Type})null!",
        ConstantKind.Default => $"default({constant.Type})",
        ConstantKind.Text => constant.Text.ToLiteral(),
        ConstantKind.Character => SymbolDisplay.FormatLiteral(constant.Text[0], quote: true),
        ConstantKind.Number => Number(constant.Type, constant.Text),
        ConstantKind.EnumMember => $"{constant.Type}.{TypeNames.Escape(constant.Text)}",
        ConstantKind.Type => $"typeof({constant.Text})",
        ConstantKind.Time => $"new {constant.Type}({constant.Text}L)",
        ConstantKind.Array when constant.Items.Count == 0 => $"new {constant.Type}[0]",
        ConstantKind.Array => $"new {constant.Type}[] {{ {string.Join(", ", constant.Items.Select(Expression))} }}",
        _ => constant.Text,
    };

    private static string Number(string type, string digits) => (type, digits) switch
    {
        ("int", _) => digits,
        ("long", _) => digits + "L",
        ("uint", _) => digits + "U",
        ("ulong", _) => digits + "UL",
        ("decimal", _) => digits + "M",
        ("float" or "double", "NaN") => type + ".NaN",
        ("float" or "double", "Infinity") => type + ".PositiveInfinity",
        ("float" or "double", "-Infinity") => type + ".NegativeInfinity",
        ("float", _) => digits + "F",
        ("double", _) => digits + "D",
        _ => $"({type})({digits})", // it has no literals, and without parentheses the sign would be a subtraction
    };
}
