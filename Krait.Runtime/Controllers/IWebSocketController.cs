namespace Krait;

/// <summary>
/// A class that serves WebSocket connections. Do not implement it yourself: annotate a partial class with
/// <see cref="WebSocketControllerAttribute"/>, and Krait implements it.
/// </summary>
/// <typeparam name="TSelf">The controller itself.</typeparam>
public interface IWebSocketController<TSelf>
    where TSelf : class, IWebSocketController<TSelf>
{
    /// <summary>Describes the controller to the runtime.</summary>
    static abstract WebSocketControllerDescriptor<TSelf> Descriptor { get; }
}
