namespace Krait;

/// <summary>What a connection has lost of a room's messages because it reads too slowly. Given to [OnLost].</summary>
/// <param name="Count">
/// How many messages were dropped, without those that newer ones replaced. 0 if another server dropped them, which cannot say how
/// many.
/// </param>
/// <param name="Conflated">
/// How many messages newer ones with the same key replaced since the last time: nothing is missing but values in between.
/// </param>
/// <param name="Since">When the first of them was dropped.</param>
public sealed record LostMessages(long Count, long Conflated, DateTimeOffset Since);
