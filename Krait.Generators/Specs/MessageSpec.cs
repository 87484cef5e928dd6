namespace Krait.Generators.Specs;

/// <summary>What a controller receives, or what it sends; its type has nullable annotations, and no codec of Krait's if the user's always serve.</summary>
/// <param name="Type">The type as a reference.</param>
/// <param name="Key">The type without annotations, as contexts list it.</param>
/// <param name="DisplayName">The type as messages name it.</param>
/// <param name="Codec">Krait's codec, for the subprotocols that the user's codecs leave.</param>
internal sealed record MessageSpec(string Type, string Key, string DisplayName, MessageCodecKind Codec)
{
    /// <summary>The context that describes it, if it is JSON and the context is chosen.</summary>
    public string? JsonContext { get; init; }

    /// <summary>Whether only what is obsolete may name the type.</summary>
    public bool IsForbidden { get; init; }

    /// <summary>The user's codecs that read or write it.</summary>
    public EquatableArray<CodecSpec> Codecs { get; init; }

    /// <summary>The limits of the type and of those of its union, each by its reference.</summary>
    public EquatableArray<LimitSpec> Limits { get; init; }
}

/// <summary>What reads and writes messages of a type.</summary>
internal enum MessageCodecKind { Text, Bytes, Binary, Raw, Json, None }

/// <summary>A codec of the user's, with its type closed. One without a protocol serves all that no other does.</summary>
internal sealed record CodecSpec(string? Protocol, string Type, EquatableArray<ParameterSpec> Parameters);

/// <summary>A limit: the property of attribute and descriptor or the message type that it is for, and its value as C# writes it.</summary>
internal sealed record LimitSpec(string Name, string Value);

/// <summary>A JsonSerializerContext of the project: a reference to it, its name in messages, the types that it lists, and whether the serializer's generator completes it.</summary>
internal sealed record JsonContextSpec(string Name, string DisplayName, EquatableArray<string> Types, bool CanBeUsed)
{
    /// <summary>The ids of the warnings that its name raises.</summary>
    public EquatableArray<string> Warnings { get; init; }

    /// <summary>Whether only what is obsolete may name it.</summary>
    public bool IsForbidden { get; init; }
}
