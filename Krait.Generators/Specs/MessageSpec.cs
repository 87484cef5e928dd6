namespace Krait.Generators.Specs;

/// <summary>
/// The received or the sent messages of a controller. The type has nullable annotations. Krait's codec is None if the user's
/// codecs serve all subprotocols.
/// </summary>
/// <param name="Type">The type.</param>
/// <param name="Codec">Krait's codec, for the subprotocols that the user's codecs leave.</param>
internal sealed record MessageSpec(TypeRef Type, MessageCodecKind Codec)
{
    /// <summary>The context that describes it, if it is JSON and the context is chosen.</summary>
    public TypeRef? JsonContext { get; init; }

    /// <summary>The user's codecs that read or write it.</summary>
    public EquatableArray<CodecSpec> Codecs { get; init; }

    /// <summary>The types that a message may have, most derived first.</summary>
    public EquatableArray<CaseSpec> Cases { get; init; }

    /// <summary>What is known about reading it, if it is received as JSON.</summary>
    public ReadingSpec? Reading { get; init; }

    /// <summary>The limits of the type and of the types of its union.</summary>
    public EquatableArray<MessageLimitSpec> Limits { get; init; }
}

/// <summary>Krait's own codecs.</summary>
internal enum MessageCodecKind { Text, Bytes, Binary, Raw, Json, None }

/// <summary>A user's codec with its type arguments. Without a protocol, it serves all protocols without another codec.</summary>
internal sealed record CodecSpec(string? Protocol, TypeRef Type, EquatableArray<ParameterSpec> Parameters);

/// <summary>The maximum size of messages of a type.</summary>
internal sealed record MessageLimitSpec(TypeRef Type, int Bytes);

/// <summary>What is known about reading a JSON message.</summary>
/// <param name="Unmade">The name of a type that the serializer can never create; null if it can create all.</param>
/// <param name="Reason">Why it cannot.</param>
/// <param name="Promise">A member whose type does not allow null, which the serializer checks only with two options.</param>
internal sealed record ReadingSpec(string? Unmade, string? Reason, string? Promise);

/// <summary>A JsonSerializerContext of the project.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Types">The types that it lists.</param>
/// <param name="CanBeUsed">Whether the serializer's generator completes it.</param>
internal sealed record JsonContextSpec(TypeRef Type, EquatableArray<string> Types, bool CanBeUsed)
{
    /// <summary>The listed types that it can only write, because of their GenerationMode.</summary>
    public EquatableArray<string> WriteOnly { get; init; }

    /// <summary>Whether it names converters, which may create objects that the serializer cannot.</summary>
    public bool HasConverters { get; init; }

    /// <summary>Whether it has the two options that reject null and missing values.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The ids of the warnings that its name causes.</summary>
    public EquatableArray<string> Warnings { get; init; }

    /// <summary>Whether it is obsolete as an error, so that only obsolete code may name it.</summary>
    public bool IsForbidden { get; init; }
}
