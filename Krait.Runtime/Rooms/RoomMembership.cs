namespace Krait;

/// <summary>
/// The membership of a connection in a room. Dispose it to leave; it also ends when the connection ends. Thread-safe.
/// </summary>
/// <remarks>
/// Leaving takes effect at once: the connection gets no later message of the room, and Krait drops those that still wait for it.
/// If a connection joined twice, the first disposal leaves the room. Derive from this class to fake a room in a test.
/// </remarks>
public abstract class RoomMembership : IDisposable
{
    /// <summary>The name of the room.</summary>
    public abstract string Room { get; }

    /// <summary>Whether the connection is in the room.</summary>
    public abstract bool IsActive { get; }

    /// <summary>
    /// The number of messages that Krait dropped because the connection reads too slowly, including those that still waited when
    /// it left the room. Does not include <see cref="Conflated"/>.
    /// </summary>
    public abstract long Lost { get; }

    /// <summary>The number of waiting messages that Krait replaced with a newer one with the same key.</summary>
    public abstract long Conflated { get; }

    /// <summary>Leaves the room. You can call it more than once.</summary>
    public void Dispose()
    {
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>Leaves the room, if the connection is in it.</summary>
    protected abstract void Leave();
}
