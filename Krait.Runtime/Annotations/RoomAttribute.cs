namespace Krait;

/// <summary>
/// Marks a constructor parameter of type <see cref="IRoom{TSend}"/> or <see cref="IRoom{TSend, TMember}"/>. The connection joins
/// this room before [OnOpen] and leaves it when it ends.
/// </summary>
/// <remarks>Messages that the room sends while [OnOpen] runs leave after the reply of [OnOpen].</remarks>
/// <param name="template">
/// The name of the room, such as <c>"chat/{room}"</c>. Krait replaces <c>{room}</c> with the route value of that name, escaped
/// with <see cref="Uri.EscapeDataString(string)"/>.
/// </param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RoomAttribute(string template) : Attribute
{
    /// <summary>The name of the room, with route values in braces.</summary>
    public string Template => template;
}
