namespace Krait.Generators.Specs;

/// <summary>How a reply is given the id of the message that it answers.</summary>
/// <param name="Message">The message's type, as a reference.</param>
/// <param name="Id">Its property, with <c>!</c> where the reply's is not nullable.</param>
/// <param name="ReplyId">The property of the reply.</param>
/// <param name="IsAssigned">Whether it is assigned, since the reply is a class and no record.</param>
/// <param name="Null">Whether the reply may be null by its type, and how.</param>
internal sealed record CorrelationSpec(string Message, string Id, string ReplyId, bool IsAssigned, ReplyNull Null);

/// <summary>Whether a reply may be null.</summary>
internal enum ReplyNull
{
    Never,
    Reference,
    Value,
}
