namespace Krait;

/// <summary>The messages of a room that a connection lost because it reads too slowly. [OnLost] can take it.</summary>
/// <param name="Count">
/// The number of dropped messages, without those that newer ones replaced. 0 if messages of another server are missing and their
/// number is not known.
/// </param>
/// <param name="Conflated">
/// The number of messages that newer ones with the same key replaced since the last call of [OnLost]. The client misses only
/// values in between.
/// </param>
/// <param name="Since">The time at which the first of them was dropped.</param>
public sealed record LostMessages(long Count, long Conflated, DateTimeOffset Since);
