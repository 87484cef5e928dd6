namespace Krait;

/// <summary>The members that joined or left a room since the last call of [OnPresence] or MembersAsync.</summary>
/// <remarks>
/// A member that joined and left in the meantime is in neither list. A member that was announced again with another value is in
/// both: the old value in <paramref name="Left"/>, and the new one in <paramref name="Joined"/>.
/// </remarks>
/// <typeparam name="TMember">The type of members.</typeparam>
/// <param name="Joined">The new members.</param>
/// <param name="Left">The members that are gone, as they were announced.</param>
public sealed record PresenceChange<TMember>(IReadOnlyList<TMember> Joined, IReadOnlyList<TMember> Left)
    where TMember : class;
