namespace Krait;

/// <summary>A feature of a transport's connection that learns which controller the connection serves.</summary>
/// <remarks>
/// For authors of Kestrel transports, such as Krait.Sockets, which names the route in its warnings. Krait sets it once, when
/// the connection becomes a WebSocket.
/// </remarks>
public interface IConnectionRouteFeature
{
    /// <summary>The route pattern of the controller; null if the connection is not a WebSocket.</summary>
    string? Route { get; set; }
}
