namespace Krait.Rooms;

/// <summary>The place of a connection in a room that knows its members.</summary>
internal abstract class PresenceSeat
{
    /// <summary>The connection.</summary>
    public required RoomOutlet Outlet { get; init; }

    /// <summary>The next place of the same membership, for another type of members.</summary>
    public PresenceSeat? Next { get; set; }

    /// <summary>
    /// Returns the argument for [OnPresence], and remembers that the connection gets it. Null if nothing has changed, or the
    /// connection has left its place.
    /// </summary>
    public abstract object? TakeChange();

    /// <summary>Gives the place up. Called under the locks of the room and of the output.</summary>
    public abstract void Leave();
}

/// <inheritdoc/>
internal sealed class PresenceSeat<TMember>(Roster<TMember> roster) : PresenceSeat
    where TMember : class
{
    /// <summary>Calls [OnPresence] of the connection; null if it has none for these members.</summary>
    public IPresenceHandler? Handler { get; init; }

    /// <summary>The number of the last event that the connection knows. Guarded by the roster.</summary>
    public long Told { get; set; }

    /// <summary>Since when a call of [OnPresence] is under way, as a timestamp; null if none is. Guarded by the roster.</summary>
    public long? CalledAt { get; set; }

    /// <summary>Whether the connection has asked for the list of members. Guarded by the roster.</summary>
    public bool HasListed { get; set; }

    /// <summary>Whether the connection is in the room. Guarded by the roster.</summary>
    public bool IsTaken { get; set; } = true;

    public override object? TakeChange() => roster.TakeChange(this);

    public override void Leave() => roster.Leave(this);
}

/// <summary>Calls [OnPresence] of one connection.</summary>
internal interface IPresenceHandler
{
    /// <summary>The type of members that [OnPresence] takes.</summary>
    Type Member { get; }

    /// <summary>Calls [OnPresence] when its turn comes, if there is a change then. Never throws or waits.</summary>
    void HandlePresence(PresenceSeat seat);
}
