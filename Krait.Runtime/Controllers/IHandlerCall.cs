namespace Krait.Controllers;

/// <summary>One call of a handler. A struct, so that a call allocates nothing.</summary>
internal interface IHandlerCall
{
    HandlerKind Kind { get; }

    /// <summary>The message that is handled; asked for only when the handler fails, since a value is boxed then.</summary>
    object? Message { get; }

    ValueTask InvokeAsync();
}
