namespace Krait;

/// <summary>
/// Marks a constructor parameter of type <see cref="IRoom{TSend}"/>: the connection is in that room from before [OnOpen] until
/// its end.
/// </summary>
/// <remarks>What the room sends while [OnOpen] runs follows the answer of [OnOpen].</remarks>
/// <param name="template">
/// The name of the room. <c>{value}</c> stands for the route value of that name, escaped by
/// <see cref="Uri.EscapeDataString(string)"/>.
/// </param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RoomAttribute(string template) : Attribute
{
    /// <summary>The name of the room, with route values in braces.</summary>
    public string Template => template;
}
