namespace Krait;

/// <summary>
/// A class that serves WebSocket connections. Implemented by generated code; annotate a partial class with
/// <see cref="WebSocketControllerAttribute"/>.
/// </summary>
/// <typeparam name="TSelf">The controller itself.</typeparam>
public interface IWebSocketController<TSelf>
    where TSelf : class, IWebSocketController<TSelf>
{
    /// <summary>Describes the controller to the runtime.</summary>
    static abstract WebSocketControllerDescriptor<TSelf> Descriptor { get; }
}
