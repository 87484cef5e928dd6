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

    /// <summary>Whether the type can be a message: other files can name it, and it can be a type argument.</summary>
    public static bool IsUsable(ITypeSymbol type) =>
        !type.IsRefLikeType && type.SpecialType != SpecialType.System_Void && !type.IsStatic && !type.IsUnnameable;

    public MessageSpec ToSpec(KnownSymbols known) => new(Type.ToTypeRef(), Codec(Type, known));
}
