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

/// <summary>How a method gives back what it has to say.</summary>
internal enum ReturnShape
{
    Nothing,
    Task,
    ValueTask,
    Value,
    TaskOfValue,
    ValueTaskOfValue,
    Stream,
}
