namespace Krait.Controllers;

/// <summary>One call of a handler. A struct, so that a call allocates nothing.</summary>
internal interface IHandlerCall
{
    HandlerKind Kind { get; }

    /// <summary>The handled message. Read it only if the handler fails, because it boxes a value type.</summary>
    object? Message { get; }

    ValueTask InvokeAsync();
}
