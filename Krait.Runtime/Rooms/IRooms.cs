namespace Krait;

/// <summary>
/// The rooms of an application whose connections send <typeparamref name="TSend"/>. A singleton service; thread-safe.
/// </summary>
/// <remarks>
/// <c>AddKrait()</c> registers it for every type; a struct needs <c>AddRooms&lt;TSend&gt;()</c> under Native AOT.
/// </remarks>
/// <typeparam name="TSend">What the members are sent.</typeparam>
public interface IRooms<TSend>
{
    /// <summary>The room of that name. A room costs nothing while nobody is in it.</summary>
    /// <param name="name">Compared ordinally. At most 200 bytes of UTF-8, not empty, without control characters.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or has a control character.</exception>
    IRoom<TSend> this[string name] { get; }

    /// <summary>The names of the rooms that have members on this server: a snapshot.</summary>
    IReadOnlyCollection<string> Active { get; }
}
