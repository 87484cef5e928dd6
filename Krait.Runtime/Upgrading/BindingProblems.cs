namespace Krait.Upgrading;

/// <summary>Writes the message for the client about a wrong value of the request.</summary>
internal static class BindingProblems
{
    private const string DateAndTime = "a date and time such as 2026-01-31T13:45:00Z";

    private static readonly Dictionary<Type, string> Others = new()
    {
        [typeof(Guid)] = "a GUID",
        [typeof(DateOnly)] = "a date such as 2026-01-31",
        [typeof(TimeOnly)] = "a time such as 13:45:00",
        [typeof(DateTimeOffset)] = DateAndTime,
        [typeof(TimeSpan)] = "a duration such as 01:30:00",
    };

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

    private static string Describe(Type type) => type.IsEnum ? Names(type) : Type.GetTypeCode(type) switch
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
        TypeCode.DateTime => DateAndTime,
        _ => Others.TryGetValue(type, out var description) ? description : $"a value of type {type.Name}",
    };

    private static string Whole(Int128 lowest, Int128 highest) => $"a whole number from {lowest} to {highest}";

    private static string Names(Type type)
    {
        var names = string.Join(", ", Enum.GetNames(type));
        return type.IsDefined(typeof(FlagsAttribute), inherit: false)
            ? $"one or more, separated by commas, of {names}"
            : $"one of {names}";
    }
}
