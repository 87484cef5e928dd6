namespace Krait.Generators.Specs;

/// <summary>A method that is called.</summary>
/// <param name="Operation">When it is called, and what it receives and sends.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsStatic">Whether it needs no controller.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Returns">How it returns its replies.</param>
/// <param name="Selector">The type of message or exception that selects the handler; null if there is no choice.</param>
/// <param name="IsCatchAll">Whether it takes every message that no other handler takes.</param>
/// <param name="RepliesNullableValue">Whether it returns the sent type as a nullable value type.</param>
internal sealed record HandlerSpec(
    OperationSpec Operation, string Name, bool IsStatic, EquatableArray<ParameterSpec> Parameters, ReturnShape Returns,
    TypeRef? Selector, bool IsCatchAll, bool RepliesNullableValue)
{
    public HandlerKind Kind => Operation.Kind;

    /// <summary>How its replies get the id of the message; null if they get none.</summary>
    public CorrelationSpec? Correlation => Operation.Reply?.Correlation;
}

/// <summary>When a handler is called.</summary>
internal enum HandlerKind { OnUpgrade, OnOpen, OnMessage, OnError, OnLost, OnPresence, OnDrain, OnExpiring, OnClose, Run }

/// <summary>How a method returns its replies.</summary>
internal enum ReturnShape { Nothing, Task, ValueTask, Value, TaskOfValue, ValueTaskOfValue, Stream }
