namespace Krait;

/// <summary>
/// That a connection is in a room. Dispose it to leave; it ends by itself when the connection ends. Thread-safe.
/// </summary>
/// <remarks>
/// Leaving takes effect at once: nothing that is sent to the room afterwards reaches the connection, and what waits for it is
/// dropped. Of a connection that joined twice any disposal leaves. Derive from it to fake a room in a test.
/// </remarks>
public abstract class RoomMembership : IDisposable
{
    /// <summary>The name of the room.</summary>
    public abstract string Room { get; }

    /// <summary>Whether the connection is in the room.</summary>
    public abstract bool IsActive { get; }

    /// <summary>
    /// How many messages of the room were dropped because the connection reads too slowly, those that waited when it left
    /// included; without <see cref="Conflated"/>.
    /// </summary>
    public abstract long Lost { get; }

    /// <summary>How many messages of the room were replaced by a newer one with the same key while they waited.</summary>
    public abstract long Conflated { get; }

    /// <summary>Leaves the room. May be called any number of times.</summary>
    public void Dispose()
    {
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>Leaves the room, if the connection is in it.</summary>
    protected abstract void Leave();
}
