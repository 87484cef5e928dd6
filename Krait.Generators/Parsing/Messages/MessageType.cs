namespace Krait.Generators.Parsing;

/// <summary>A message type, and the source that it was inferred from.</summary>
internal readonly record struct MessageType(ITypeSymbol Type, Func<Location?> Place)
{
    public static MessageCodecKind Codec(ITypeSymbol type, KnownSymbols known) => type switch
    {
        { SpecialType: SpecialType.System_String } => MessageCodecKind.Text,
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => MessageCodecKind.Bytes,
        _ when type.IsConstructed(known.ReadOnlyMemory, out var item) && item.SpecialType == SpecialType.System_Byte =>
            MessageCodecKind.Binary,
        _ when type.Is(known.RawMessage) => MessageCodecKind.Raw,
        _ => MessageCodecKind.Json,
    };

    /// <summary>Whether the type may have members of the user's: all but texts and bytes.</summary>
    public static bool HasMembers(ITypeSymbol type, KnownSymbols known) => Codec(type, known) == MessageCodecKind.Json;

    /// <summary>
    /// Whether the type can be a message: other files can name it, it can be a type argument, and calls with it are bound at
    /// compile time.
    /// </summary>
    public static bool IsUsable(ITypeSymbol type) =>
        !type.IsNoArgument && !type.IsUnnameable && type.TypeKind != TypeKind.Dynamic;

    /// <summary>Why the type cannot be a message, and what to use instead.</summary>
    public static string Unusable(ITypeSymbol type) => type switch
    {
        { HasOpenStatic: true } => "it has static abstract members; use a class, or an interface without them",
        { IsRefLikeType: true } => "it is a ref struct; use a class, or a struct without 'ref'",
        { TypeKind: TypeKind.Dynamic } => "it is dynamic, and Krait must know the type at compile time; use object or a class",
        { IsStatic: true } => "it is static; use a class that has instances",
        INamedTypeSymbol { IsUnboundGenericType: true } => "it has no type arguments; add them",
        _ when type.Pieces().Any(piece => piece.IsFileLocal) => "it is local to its file; remove 'file'",
        _ => "C# does not allow it as a type argument; use a class or a struct",
    };

    public MessageSpec ToSpec(KnownSymbols known) => new(Type.ToTypeRef(), Codec(Type, known));
}
