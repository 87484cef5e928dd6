using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>A limit of the messages that a client may send.</summary>
/// <param name="Type">The type of the messages, with those derived from it; null for all messages.</param>
/// <param name="Messages">How many.</param>
/// <param name="PerSeconds">In how many seconds.</param>
/// <param name="Burst">How many at once.</param>
/// <param name="WhenOver">The action for a message over the limit.</param>
/// <param name="Per">Which messages count together.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MessageRate(
    Type? Type, int Messages, int PerSeconds, int Burst, WhenOver WhenOver, RateLimitPer Per);
