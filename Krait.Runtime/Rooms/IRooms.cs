namespace Krait;

/// <summary>
/// The rooms of the application with messages of type <typeparamref name="TSend"/>. A singleton service; thread-safe.
/// </summary>
/// <remarks>
/// <c>AddKrait()</c> registers it for every type. Under Native AOT, a struct also needs <c>AddRooms&lt;TSend&gt;()</c>.
/// </remarks>
/// <typeparam name="TSend">The type of messages that the members send to their clients.</typeparam>
public interface IRooms<TSend>
{
    /// <summary>The room with this name. A room without members costs nothing.</summary>
    /// <param name="name">1 to 200 bytes of UTF-8, without control characters; case-sensitive.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or has a control character.</exception>
    IRoom<TSend> this[string name] { get; }

    /// <summary>A snapshot of the names of the rooms that have members on this server.</summary>
    IReadOnlyCollection<string> Active { get; }
}
