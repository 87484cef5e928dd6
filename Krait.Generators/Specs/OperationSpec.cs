namespace Krait.Generators.Specs;

/// <summary>What happens on a message, or on an event of the connection.</summary>
/// <param name="Kind">What starts it.</param>
/// <param name="Message">The type of message that it takes; null if it takes none.</param>
/// <param name="Reply">Its reply; null if it sends nothing.</param>
internal sealed record OperationSpec(HandlerKind Kind, TypeRef? Message, ReplySpec? Reply);

/// <summary>The reply of an operation.</summary>
/// <param name="Type">The type of a reply.</param>
/// <param name="IsStream">Whether it sends a stream of replies.</param>
/// <param name="Null">Whether and how the type of the reply allows null. A null reply is not sent.</param>
/// <param name="Correlation">How it gets the id of the message; null if it gets none.</param>
internal sealed record ReplySpec(TypeRef Type, bool IsStream, ReplyNull Null, CorrelationSpec? Correlation);

internal enum ReplyNull { Never, Reference, Value }

/// <summary>How a reply gets the id of the message that it answers.</summary>
/// <param name="Message">The type of the message.</param>
/// <param name="Id">Its property.</param>
/// <param name="ReplyId">The property of the reply.</param>
/// <param name="ForgivesNull">Whether only the type of the message's id allows null, so that it needs a <c>!</c>.</param>
/// <param name="IsAssigned">Whether the id is assigned, because the reply is a class that is not a record.</param>
internal sealed record CorrelationSpec(TypeRef Message, string Id, string ReplyId, bool ForgivesNull, bool IsAssigned);
