namespace Krait.Generators.Specs;

/// <summary>When a handler is called.</summary>
internal enum HandlerKind
{
    OnUpgrade,
    OnOpen,
    OnMessage,
    OnError,
    OnClose,
    Run,
}
