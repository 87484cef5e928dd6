using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat;

/// <summary>From the client: something to say.</summary>
public sealed record Say(string Text);

/// <summary>Something that was said.</summary>
public sealed record ChatLine(string Name, string Text, DateTimeOffset At);

/// <summary>To the client: something happened. Only the parts that the kind names are there.</summary>
public sealed record ChatEvent(ChatEventKind Kind)
{
    /// <summary>Who entered or left; in a Welcome, the name that the client got.</summary>
    public string? Name { get; init; }

    /// <summary>Who is in the room now.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>What was said before, oldest first.</summary>
    public IReadOnlyList<ChatLine>? History { get; init; }

    /// <summary>What was said.</summary>
    public ChatLine? Line { get; init; }

    /// <summary>Why a message was refused.</summary>
    public string? Problem { get; init; }

    public static ChatEvent Welcome(string name, IReadOnlyList<string> members, IReadOnlyList<ChatLine> history) =>
        new(ChatEventKind.Welcome) { Name = name, Members = members, History = history };

    public static ChatEvent Entered(string name, IReadOnlyList<string> members) => new(ChatEventKind.Entered) { Name = name, Members = members };

    public static ChatEvent Left(string name, IReadOnlyList<string> members) => new(ChatEventKind.Left) { Name = name, Members = members };

    public static ChatEvent Said(ChatLine line) => new(ChatEventKind.Said) { Line = line };

    public static ChatEvent Refused(string problem) => new(ChatEventKind.Refused) { Problem = problem };
}

/// <summary>What happened.</summary>
public enum ChatEventKind
{
    /// <summary>The client is in the room: Name, Members, History.</summary>
    Welcome,

    /// <summary>Somebody came: Name, Members.</summary>
    Entered,

    /// <summary>Somebody went: Name, Members.</summary>
    Left,

    /// <summary>Somebody spoke: Line.</summary>
    Said,

    /// <summary>The client's message was not taken: Problem.</summary>
    Refused,
}

/// <summary>How the messages look as JSON, written at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Say))]
[JsonSerializable(typeof(ChatEvent))]
internal sealed partial class ChatJson : JsonSerializerContext;
