namespace Krait;

/// <summary>
/// Marks a property of a message in which a room writes the position of the message, so that a client can come back to it.
/// </summary>
/// <remarks>
/// The property is a <c>string?</c> that can be set, of a record or with a setter. Rooms set it if <see
/// cref="RoomOptions.History"/> is set; direct sends do not.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RoomPositionAttribute : Attribute;

/// <summary>
/// Marks a <see cref="Resumption"/> parameter of [OnOpen]: the client names the last message of the controller's room that it
/// got, and gets those that it missed.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResumeAttribute : Attribute
{
    /// <summary>The name of the query value with the position; <c>at</c> by default.</summary>
    public string From { get; set; } = "at";

    /// <summary>
    /// Whether a client that is not recovered gets every message that the room still keeps, as one that comes for the first time
    /// may want. False by default: it gets only new messages.
    /// </summary>
    public bool ReplayAll { get; set; }
}
