namespace Krait;

/// <summary>Who came into a room and who left it since the last call of [OnPresence], or since the list of members.</summary>
/// <remarks>
/// Somebody who came and left meanwhile is in neither list. A member that was announced again with another value is in both: the
/// old value left, and the new one joined.
/// </remarks>
/// <typeparam name="TMember">What is known of a member.</typeparam>
/// <param name="Joined">The new members.</param>
/// <param name="Left">The members that are gone, as they were announced.</param>
public sealed record PresenceChange<TMember>(IReadOnlyList<TMember> Joined, IReadOnlyList<TMember> Left)
    where TMember : class;
