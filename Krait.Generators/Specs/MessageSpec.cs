namespace Krait.Generators.Specs;

/// <summary>
/// What a controller receives, or what it sends; its type has nullable annotations, and no codec of Krait's if the user's always
/// serve.
/// </summary>
/// <param name="Type">The type.</param>
/// <param name="Codec">Krait's codec, for the subprotocols that the user's codecs leave.</param>
internal sealed record MessageSpec(TypeRef Type, MessageCodecKind Codec)
{
    /// <summary>The context that describes it, if it is JSON and the context is chosen.</summary>
    public string? JsonContext { get; init; }

    /// <summary>Whether only what is obsolete may name the type.</summary>
    public bool IsForbidden { get; init; }

    /// <summary>The user's codecs that read or write it.</summary>
    public EquatableArray<CodecSpec> Codecs { get; init; }

    /// <summary>The types that a message may have, most derived first.</summary>
    public EquatableArray<CaseSpec> Cases { get; init; }

    /// <summary>What it takes to read it, if it is received as JSON.</summary>
    public ReadingSpec? Reading { get; init; }

    /// <summary>The limits of the type and of those of its union.</summary>
    public EquatableArray<MessageLimitSpec> Limits { get; init; }
}

/// <summary>What reads and writes messages of a type.</summary>
internal enum MessageCodecKind { Text, Bytes, Binary, Raw, Json, None }

/// <summary>A codec of the user's, with its type closed. One without a protocol serves all that no other does.</summary>
internal sealed record CodecSpec(string? Protocol, string Type, EquatableArray<ParameterSpec> Parameters);

/// <summary>The most bytes that messages of a type may have.</summary>
internal sealed record MessageLimitSpec(TypeRef Type, int Bytes);

/// <summary>What it takes to read a JSON message.</summary>
/// <param name="Unmade">The type of it that the serializer can never make, as messages name it; null if it can make all.</param>
/// <param name="Reason">Why it cannot.</param>
/// <param name="Promise">A member that is never null by its type, which the serializer checks only on request.</param>
internal sealed record ReadingSpec(string? Unmade, string? Reason, string? Promise);

/// <summary>A JsonSerializerContext of the project.</summary>
/// <param name="Name">A reference to it.</param>
/// <param name="DisplayName">Its name in messages.</param>
/// <param name="Types">The types that it lists.</param>
/// <param name="CanBeUsed">Whether the serializer's generator completes it.</param>
internal sealed record JsonContextSpec(string Name, string DisplayName, EquatableArray<string> Types, bool CanBeUsed)
{
    /// <summary>The listed types that it only writes, since their mode of generation says so.</summary>
    public EquatableArray<string> WriteOnly { get; init; }

    /// <summary>Whether it names converters, which may make what the serializer cannot.</summary>
    public bool HasConverters { get; init; }

    /// <summary>Whether it checks that nothing is null or missing that must not be.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The ids of the warnings that its name raises.</summary>
    public EquatableArray<string> Warnings { get; init; }

    /// <summary>Whether only what is obsolete may name it.</summary>
    public bool IsForbidden { get; init; }
}
