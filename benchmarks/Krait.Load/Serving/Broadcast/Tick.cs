namespace Krait.Load.Serving;

/// <summary>What all members of a room get.</summary>
public sealed record Tick(int Number, string Text)
{
    // {"number":123456,"text":""}
    private const int SizeWithoutText = 27;

    /// <summary>A text that makes the message so many bytes of JSON, more or less one or two for its number.</summary>
    public static string TextFor(int size) => new('x', Math.Max(0, size - SizeWithoutText));
}

/// <summary>What members of the room with a history get.</summary>
public sealed record Post(int Number, string Text)
{
    /// <summary>Where it is in the room.</summary>
    [RoomPosition]
    public string? At { get; init; }
}
