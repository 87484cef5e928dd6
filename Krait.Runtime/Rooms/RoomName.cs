using System.Text;

namespace Krait.Rooms;

/// <summary>The rules for the names of rooms. Clients may choose them, and they may become keys on other servers.</summary>
internal static class RoomName
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MostBytes = 200;

    /// <summary>Returns the fault of a name; null if it is valid.</summary>
    public static string? FindFault(string name) =>
        name.Length == 0 ? "is empty"
        : name.Any(char.IsControl) ? "has a control character"
        : Encoding.UTF8.GetByteCount(name) > MostBytes ? $"is longer than {MostBytes} bytes of UTF-8"
        : null;

    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public static void Demand(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (FindFault(name) is { } fault)
            throw new ArgumentException($"The name of a room {fault}.", nameof(name));
    }
}
