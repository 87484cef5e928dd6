namespace Krait.Generators.Specs;

/// <summary>How many messages a client may send.</summary>
/// <param name="Type">The type of the messages; null for all messages.</param>
/// <param name="Messages">How many.</param>
/// <param name="PerSeconds">In how many seconds.</param>
/// <param name="Burst">How many at once.</param>
/// <param name="WhenOver">What happens to a message over the limit: a name of the enum.</param>
/// <param name="Per">Whose messages count together: a name of the enum.</param>
internal sealed record RateSpec(TypeRef? Type, int Messages, int PerSeconds, int Burst, string WhenOver, string Per);

/// <summary>How many connections a client may have.</summary>
/// <param name="Connections">How many.</param>
/// <param name="Per">Whose connections count together: a name of the enum.</param>
internal sealed record ConnectionLimitSpec(int Connections, string Per);
