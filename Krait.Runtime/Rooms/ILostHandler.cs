namespace Krait.Rooms;

/// <summary>Calls [OnLost] of one connection.</summary>
internal interface ILostHandler
{
    /// <summary>
    /// Calls [OnLost] when its turn comes, if the gap still matters then, and closes the gap afterwards; never throws, never
    /// waits.
    /// </summary>
    void HandleLost(LostGap gap);
}

/// <summary>A place in what a room sends to a member where messages are missing.</summary>
/// <param name="member">The member.</param>
/// <param name="lost">What is missing.</param>
internal sealed class LostGap(Member member, LostMessages lost)
{
    public LostMessages Lost => lost;

    /// <summary>Whether the member is still in the room.</summary>
    public bool Matters => member.IsActive;

    /// <summary>Lets follow what waits behind the gap: the answer is in line, or nobody will give one.</summary>
    public void Close() => member.Outlet.Resume(member);
}
