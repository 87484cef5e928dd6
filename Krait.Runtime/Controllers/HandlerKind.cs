namespace Krait.Controllers;

/// <summary>Which handler of a controller is called.</summary>
internal enum HandlerKind
{
    OnOpen,
    OnMessage,
    OnLost,
    OnPresence,
    OnDrain,
    OnExpiring,
    OnClose,
    Run,

    /// <summary>A stream that a handler returned.</summary>
    Stream,
}
