using Krait.Transport;

namespace Krait.Controllers;

/// <summary>A request that was upgraded, and the controller that serves it.</summary>
/// <param name="Transport">The upgraded connection; the session disposes it.</param>
/// <param name="Request">The request.</param>
/// <param name="Protocol">The agreed subprotocol, or null.</param>
/// <param name="Controller">The controller; the session disposes it.</param>
/// <param name="OnOpen">Calls [OnOpen] with the parameters that were bound before the upgrade; null if there is none.</param>
/// <param name="Scope">
/// The services of the connection; null if it used none, and cannot use any later. The session disposes it.
/// </param>
/// <param name="Rooms">The rooms of the constructor's parameters: each an <see cref="IRoom{TSend}"/>.</param>
/// <param name="Resumption">How the client comes back to the room; null if [OnOpen] does not ask.</param>
internal readonly record struct Upgraded<TSelf, TSend>(
    MessageTransport Transport,
    UpgradeRequest Request,
    string? Protocol,
    TSelf Controller,
    Func<TSelf, WebSocketConnection<TSend>, ValueTask>? OnOpen,
    ConnectionScope? Scope,
    IReadOnlyList<object> Rooms,
    Resumption? Resumption = null);
