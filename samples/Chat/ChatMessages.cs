using System.Text.Json;
using System.Text.Json.Serialization;
using Krait;

namespace Chat;

/// <summary>From the client: something to say.</summary>
public sealed record Say(string Text);

/// <summary>A person in a room.</summary>
/// <param name="Id">The id of the connection. It differs for people with the same name.</param>
/// <param name="Name">The name that the person chose.</param>
public sealed record ChatPerson(string Id, string Name);

/// <summary>A line of the chat.</summary>
public sealed record ChatLine(ChatPerson By, string Text, DateTimeOffset Time);

/// <summary>To the client: something happened. The kind says which of the properties are set.</summary>
public sealed record ChatEvent(ChatEventKind Kind)
{
    /// <summary>The client, as the others see it.</summary>
    public ChatPerson? You { get; init; }

    /// <summary>The people in the room now.</summary>
    public IReadOnlyList<ChatPerson>? Members { get; init; }

    /// <summary>Whether the client gets all lines since the position that it sent.</summary>
    public bool? Recovered { get; init; }

    /// <summary>The people who came.</summary>
    public IReadOnlyList<ChatPerson>? Joined { get; init; }

    /// <summary>The people who went.</summary>
    public IReadOnlyList<ChatPerson>? Left { get; init; }

    /// <summary>The new line.</summary>
    public ChatLine? Line { get; init; }

    /// <summary>The position of the line in its room. Krait's room sets it, and a client that comes back sends it.</summary>
    [RoomPosition]
    public string? At { get; init; }

    /// <summary>The reason why a message was refused.</summary>
    public string? Problem { get; init; }

    public static ChatEvent Welcome(ChatPerson you, IReadOnlyList<ChatPerson> members, bool recovered) =>
        new(ChatEventKind.Welcome) { You = you, Members = members, Recovered = recovered };

    public static ChatEvent Moved(IReadOnlyList<ChatPerson> joined, IReadOnlyList<ChatPerson> left) =>
        new(ChatEventKind.Moved) { Joined = joined, Left = left };

    public static ChatEvent Said(ChatLine line) => new(ChatEventKind.Said) { Line = line };

    public static ChatEvent Missing() => new(ChatEventKind.Missing);

    public static ChatEvent Refused(string problem) => new(ChatEventKind.Refused) { Problem = problem };
}

/// <summary>The kinds of events.</summary>
public enum ChatEventKind
{
    /// <summary>
    /// The client is in the room: You, Members, Recovered. If it is recovered, the lines that it missed follow, else all that the
    /// room keeps.
    /// </summary>
    Welcome,

    /// <summary>People came or went: Joined, Left.</summary>
    Moved,

    /// <summary>A new line: Line, At.</summary>
    Said,

    /// <summary>Lines are missing here.</summary>
    Missing,

    /// <summary>The server refused the client's message: Problem.</summary>
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
[JsonSerializable(typeof(ChatPerson))]
internal sealed partial class ChatJson : JsonSerializerContext;
