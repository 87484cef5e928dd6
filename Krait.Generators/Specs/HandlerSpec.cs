namespace Krait.Generators.Specs;

/// <summary>A method that is called.</summary>
/// <param name="Operation">When it is called, and what is taken and sent then.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsStatic">Whether it needs no controller.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Returns">How it gives back what it has to say.</param>
/// <param name="Selector">The type that chooses the handler: the message's or the exception's; null if it is alone.</param>
/// <param name="IsCatchAll">Whether it takes whatever no other takes.</param>
/// <param name="RepliesNullableValue">Whether what it gives back is a nullable value of the sent type.</param>
internal sealed record HandlerSpec(
    OperationSpec Operation, string Name, bool IsStatic, EquatableArray<ParameterSpec> Parameters, ReturnShape Returns,
    TypeRef? Selector, bool IsCatchAll, bool RepliesNullableValue)
{
    public HandlerKind Kind => Operation.Kind;

    /// <summary>How its replies get the id of the message; null if they get none.</summary>
    public CorrelationSpec? Correlation => Operation.Reply?.Correlation;
}

/// <summary>When a handler is called.</summary>
internal enum HandlerKind { OnUpgrade, OnOpen, OnMessage, OnError, OnLost, OnClose, Run }

/// <summary>How a method gives back what it has to say.</summary>
internal enum ReturnShape { Nothing, Task, ValueTask, Value, TaskOfValue, ValueTaskOfValue, Stream }
