namespace Krait.Upgrading;

/// <summary>Says what is wrong with a value of the request, in a sentence for the client.</summary>
internal static class BindingProblems
{
    public static BindingException Missing(BindingSource source, string name, Type expected) =>
        new($"The {Place(source)} '{name}' is missing; expected {Describe(expected)}.");

    public static BindingException Invalid(BindingSource source, string name, Type expected, string text) =>
        new($"The {Place(source)} '{name}' is '{ClientText.Cut(text)}'; expected {Describe(expected)}.");

    private static string Place(BindingSource source) => source switch
    {
        BindingSource.Route => "route value",
        BindingSource.Query => "query value",
        _ => "header",
    };

    private static string Describe(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "text",
        TypeCode.Boolean => "true or false",
        TypeCode.Char => "a character",
        TypeCode.SByte => Whole(sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Byte => Whole(byte.MinValue, byte.MaxValue),
        TypeCode.Int16 => Whole(short.MinValue, short.MaxValue),
        TypeCode.UInt16 => Whole(ushort.MinValue, ushort.MaxValue),
        TypeCode.Int32 => Whole(int.MinValue, int.MaxValue),
        TypeCode.UInt32 => Whole(uint.MinValue, uint.MaxValue),
        TypeCode.Int64 => Whole(long.MinValue, long.MaxValue),
        TypeCode.UInt64 => Whole(0, ulong.MaxValue),
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
        TypeCode.DateTime => "a date and time",
        _ => type == typeof(Guid) ? "a GUID" : $"a value of type {type.Name}",
    };

    private static string Whole(Int128 lowest, Int128 highest) => $"a whole number from {lowest} to {highest}";
}
