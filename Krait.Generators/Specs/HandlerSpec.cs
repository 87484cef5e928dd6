namespace Krait.Generators.Specs;

/// <summary>A method that is called.</summary>
/// <param name="Kind">When it is called.</param>
/// <param name="Name">Its name, escaped.</param>
/// <param name="IsStatic">Whether it needs no controller.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Returns">How it gives back what it has to say.</param>
/// <param name="Selector">The type that chooses the handler: the message's or the exception's.</param>
/// <param name="IsCatchAll">Whether it takes whatever no other takes.</param>
/// <param name="RepliesNullableValue">Whether what it gives back is a nullable value of the sent type.</param>
/// <param name="Correlation">How its replies get the id of the message; null if they get none.</param>
internal sealed record HandlerSpec(
    HandlerKind Kind, string Name, bool IsStatic, EquatableArray<ParameterSpec> Parameters, ReturnShape Returns,
    string Selector, bool IsCatchAll, bool RepliesNullableValue, CorrelationSpec? Correlation);

/// <summary>When a handler is called.</summary>
internal enum HandlerKind { OnUpgrade, OnOpen, OnMessage, OnError, OnLost, OnClose, Run }

/// <summary>How a method gives back what it has to say.</summary>
internal enum ReturnShape { Nothing, Task, ValueTask, Value, TaskOfValue, ValueTaskOfValue, Stream }

/// <summary>How a reply is given the id of the message that it answers.</summary>
/// <param name="Message">The message's type, as a reference.</param>
/// <param name="Id">Its property, with <c>!</c> where the reply's is not nullable.</param>
/// <param name="ReplyId">The property of the reply.</param>
/// <param name="IsAssigned">Whether it is assigned, since the reply is a class and no record.</param>
/// <param name="Null">How the reply may be null by its type.</param>
internal sealed record CorrelationSpec(string Message, string Id, string ReplyId, bool IsAssigned, ReplyNull Null);

internal enum ReplyNull { Never, Reference, Value }
