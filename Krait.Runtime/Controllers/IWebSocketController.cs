namespace Krait;

/// <summary>
/// A class that serves WebSocket connections. Implemented by generated code; annotate a partial class with
/// <see cref="WebSocketControllerAttribute"/>.
/// </summary>
/// <typeparam name="TSelf">The controller itself.</typeparam>
public interface IWebSocketController<TSelf>
    where TSelf : class, IWebSocketController<TSelf>
{
    /// <summary>What the runtime needs to know of the controller.</summary>
    static abstract WebSocketControllerDescriptor<TSelf> Descriptor { get; }
}
