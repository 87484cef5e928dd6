namespace Krait.Generators.Specs;

/// <summary>A method that is called.</summary>
internal sealed record HandlerSpec(HandlerKind Kind, string Name, bool IsStatic, EquatableArray<ParameterSpec> Parameters, ReturnShape Returns)
{
    /// <summary>The type that chooses the handler: the message's or the exception's.</summary>
    public string Selector { get; init; } = "";

    /// <summary>Whether it takes whatever no other takes.</summary>
    public bool IsCatchAll { get; init; }

    /// <summary>How its replies get the id of the message; null if they get none.</summary>
    public CorrelationSpec? Correlation { get; init; }

    /// <summary>Whether what it gives back is a nullable value of the sent type.</summary>
    public bool RepliesNullableValue { get; init; }
}

/// <summary>When a handler is called.</summary>
internal enum HandlerKind
{
    OnUpgrade, OnOpen, OnMessage, OnError, OnClose, Run,
}

/// <summary>How a method gives back what it has to say.</summary>
internal enum ReturnShape
{
    Nothing, Task, ValueTask, Value, TaskOfValue, ValueTaskOfValue, Stream,
}

/// <summary>How a reply is given the id of the message that it answers.</summary>
/// <param name="Message">The message's type, as a reference.</param>
/// <param name="Id">Its property, with <c>!</c> where the reply's is not nullable.</param>
/// <param name="ReplyId">The property of the reply.</param>
/// <param name="IsAssigned">Whether it is assigned, since the reply is a class and no record.</param>
/// <param name="Null">How the reply may be null by its type.</param>
internal sealed record CorrelationSpec(string Message, string Id, string ReplyId, bool IsAssigned, ReplyNull Null);

internal enum ReplyNull
{
    Never, Reference, Value,
}
