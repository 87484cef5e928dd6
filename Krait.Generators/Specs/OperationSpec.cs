namespace Krait.Generators.Specs;

/// <summary>What happens on a message, or on an event of the connection.</summary>
/// <param name="Kind">What starts it.</param>
/// <param name="Message">The type that it takes of what is received; null if it takes nothing of that.</param>
/// <param name="Reply">What it sends; null if it sends nothing.</param>
internal sealed record OperationSpec(HandlerKind Kind, TypeRef? Message, ReplySpec? Reply);

/// <summary>What an operation sends.</summary>
/// <param name="Type">The type of a reply.</param>
/// <param name="IsStream">Whether it sends any number of them.</param>
/// <param name="Null">How a reply may be null by its type; then nothing is sent.</param>
/// <param name="Correlation">How it gets the id of the message; null if it gets none.</param>
internal sealed record ReplySpec(TypeRef Type, bool IsStream, ReplyNull Null, CorrelationSpec? Correlation);

internal enum ReplyNull { Never, Reference, Value }

/// <summary>How a reply is given the id of the message that it answers.</summary>
/// <param name="Message">The type of the message.</param>
/// <param name="Id">Its property.</param>
/// <param name="ReplyId">The property of the reply.</param>
/// <param name="ForgivesNull">Whether the message's id may be null by its type, and the reply's may not.</param>
/// <param name="IsAssigned">Whether it is assigned, since the reply is a class and no record.</param>
internal sealed record CorrelationSpec(TypeRef Message, string Id, string ReplyId, bool ForgivesNull, bool IsAssigned);
