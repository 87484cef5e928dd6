namespace Krait.Rooms;

/// <summary>Calls [OnLost] of one connection.</summary>
internal interface ILostHandler
{
    /// <summary>
    /// Calls [OnLost] when its turn comes, if the gap still matters then, and closes the gap afterwards. Never throws or waits.
    /// </summary>
    void HandleLost(LostGap gap);
}

/// <summary>A place in the messages of a room to a member at which some are missing.</summary>
/// <param name="member">The member.</param>
/// <param name="lost">The missing messages.</param>
internal sealed class LostGap(Member member, LostMessages lost)
{
    public LostMessages Lost => lost;

    /// <summary>Whether the member is still in the room.</summary>
    public bool Matters => member.IsActive;

    /// <summary>Sends the messages behind the gap. Call this when the reply of [OnLost] is in line, or will not come.</summary>
    public void Close() => member.Outlet.Resume(member);
}
