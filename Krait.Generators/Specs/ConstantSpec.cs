namespace Krait.Generators.Specs;

/// <summary>A constant, independent of its C# syntax.</summary>
/// <param name="Kind">The kind of constant.</param>
/// <param name="Type">Its type as a reference; the type of the elements if it is an array.</param>
/// <param name="Text">A text or character itself, the name of a member, the key of a type; else the value in digits.</param>
/// <param name="Items">The elements of an array.</param>
internal sealed record ConstantSpec(
    ConstantKind Kind, string Type, string Text = "", EquatableArray<ConstantSpec> Items = default);

/// <summary>The kind of a constant. The default of a value type has no text; that of a time is its ticks.</summary>
internal enum ConstantKind { Null, Default, Text, Character, Boolean, Number, EnumMember, Type, Time, Array }
