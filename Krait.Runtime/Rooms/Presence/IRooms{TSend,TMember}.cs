namespace Krait;

/// <summary>
/// The rooms of the application with messages of type <typeparamref name="TSend"/> and members of type
/// <typeparamref name="TMember"/>. A singleton service; thread-safe.
/// </summary>
/// <remarks>
/// <c>AddKrait()</c> registers it for every pair of types. Under Native AOT, a struct <typeparamref name="TSend"/> also needs
/// <c>AddRooms&lt;TSend, TMember&gt;()</c>. These are the same rooms as those of <see cref="IRooms{TSend}"/>. With a backplane,
/// map a controller whose constructor takes such a room before you use them: Krait learns there how to encode members.
/// </remarks>
/// <typeparam name="TSend">The type of messages that the members send to their clients.</typeparam>
/// <typeparam name="TMember">The type of members.</typeparam>
public interface IRooms<TSend, TMember>
    where TMember : class
{
    /// <summary>The room with this name.</summary>
    /// <param name="name">1 to 200 bytes of UTF-8, without control characters; case-sensitive.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or has a control character.</exception>
    IRoom<TSend, TMember> this[string name] { get; }
}
