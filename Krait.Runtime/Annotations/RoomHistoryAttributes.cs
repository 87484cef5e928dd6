namespace Krait;

/// <summary>
/// Marks the property of a message into which a room writes the position of the message. A client that connects again sends the
/// position back, and gets the messages after it.
/// </summary>
/// <remarks>
/// The property is a <c>string?</c> of a record, or has a setter. Rooms set it if <see cref="RoomOptions.History"/> is set.
/// Direct sends do not set it.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RoomPositionAttribute : Attribute;

/// <summary>
/// Marks a <see cref="Resumption"/> parameter of [OnOpen]. The client names the last message that it got from the controller's
/// room, and gets the messages that it missed.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResumeAttribute : Attribute
{
    /// <summary>The name of the query value with the position; <c>at</c> by default.</summary>
    public string From { get; set; } = "at";

    /// <summary>
    /// Whether a client that is not recovered gets every message that the room still keeps. False by default: it gets only new
    /// messages. Set it if a client that comes for the first time needs the history.
    /// </summary>
    public bool ReplayAll { get; set; }
}
