namespace Krait.Rooms;

/// <summary>Calls [OnLost] of one connection.</summary>
internal interface ILostHandler
{
    /// <summary>Calls [OnLost] when its turn comes; never throws, never waits.</summary>
    /// <param name="lost">What is missing.</param>
    /// <param name="handled">Called when the answer is in line, or nobody will give one.</param>
    void HandleLost(LostMessages lost, Action handled);
}
