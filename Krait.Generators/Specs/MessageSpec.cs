namespace Krait.Generators.Specs;

/// <summary>What a controller receives, or what it sends; its type has nullable annotations, and no codec of Krait's if the user's always serve.</summary>
internal sealed record MessageSpec(string Type, MessageCodecKind Codec)
{
    /// <summary>The type without annotations, as contexts list it.</summary>
    public string Key { get; init; } = Type;

    /// <summary>The type as messages name it.</summary>
    public string DisplayName { get; init; } = Type;

    /// <summary>The context that describes it, if it is JSON and the context is chosen.</summary>
    public string? JsonContext { get; init; }

    /// <summary>The user's codecs that read or write it; <see cref="Codec"/> is for the subprotocols that they leave.</summary>
    public EquatableArray<CodecSpec> Codecs { get; init; }

    /// <summary>The limits of the type and of those of its union, each by its reference.</summary>
    public EquatableArray<LimitSpec> Limits { get; init; }
}

/// <summary>What reads and writes messages of a type.</summary>
internal enum MessageCodecKind
{
    Text, Bytes, Binary, Raw, Json, None,
}

/// <summary>A codec of the user's, with its type closed. One without a protocol serves all that no other does.</summary>
internal sealed record CodecSpec(string? Protocol, string Type, EquatableArray<ParameterSpec> Parameters);

/// <summary>A limit: the property of attribute and descriptor or the message type that it is for, and its value as C# writes it.</summary>
internal sealed record LimitSpec(string Name, string Value);

/// <summary>A JsonSerializerContext of the project: a reference to it, its name in messages, the types that it lists, and whether the serializer's generator completes it.</summary>
internal sealed record JsonContextSpec(string Name, string DisplayName, EquatableArray<string> Types, bool CanBeUsed);
