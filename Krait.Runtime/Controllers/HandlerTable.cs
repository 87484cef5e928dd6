using System.Net.WebSockets;
using Krait.Messaging;

namespace Krait.Controllers;

/// <summary>
/// The handlers of one controller instance, without the types of its messages, so that its callers need not be generic.
/// </summary>
internal abstract class HandlerTable
{
    public abstract bool HasOnOpen { get; }

    public abstract bool HasOnClose { get; }

    public abstract bool HasOnLost { get; }

    /// <summary>The type of members that [OnPresence] takes; null if there is none.</summary>
    public abstract Type? PresenceMember { get; }

    public abstract bool HasOnDrain { get; }

    public abstract bool HasOnExpiring { get; }

    public abstract bool HasRun { get; }

    /// <summary>Whether [Run] may block, and so gets its own thread.</summary>
    public abstract bool RunOwnsThread { get; }

    /// <summary>The controller instance.</summary>
    public abstract object Controller { get; }

    public abstract WebSocketConnection Connection { get; }

    /// <summary>The sends of the controller and of other code on the connection.</summary>
    public abstract IEndingSends Sends { get; }

    /// <summary>The messages that the controller pulls; null in Event delivery.</summary>
    public abstract IReceiveQueue? Queue { get; }

    /// <summary>Gives the controller its connection and its messages.</summary>
    public abstract void Attach();

    /// <summary>Whether the constructor has rooms.</summary>
    public abstract bool HasRooms { get; }

    /// <summary>
    /// Completes when the server receives the messages that other servers send to the rooms of the constructor.
    /// </summary>
    public abstract Task RoomsReady { get; }

    /// <summary>Joins the rooms of the constructor.</summary>
    public abstract void JoinRooms();

    public abstract ValueTask CallOnOpenAsync();

    public abstract ValueTask CallRunAsync();

    public abstract ValueTask CallOnLostAsync(LostMessages lost);

    /// <summary>Calls [OnPresence] with a <see cref="PresenceChange{TMember}"/>.</summary>
    public abstract ValueTask CallOnPresenceAsync(object change);

    public abstract ValueTask CallOnDrainAsync(DrainInfo info);

    public abstract ValueTask CallOnExpiringAsync(ExpirationInfo info);

    public abstract ValueTask CallOnCloseAsync(CloseInfo why, CancellationToken cancellationToken);

    /// <summary>Calls the [OnError] that takes the exception; null if none does.</summary>
    public abstract ValueTask? CallOnErrorAsync(Exception error, object? message);

    /// <summary>Decodes a message and calls its handler. Throws nothing.</summary>
    /// <returns>Whether the handler has returned.</returns>
    public abstract ValueTask<bool> HandleAsync(HandlerCalls calls, WebSocketMessageType type, ReadOnlyMemory<byte> payload);

    /// <summary>Decodes a message into <see cref="Queue"/>.</summary>
    /// <exception cref="Exception">The exception of the decoder.</exception>
    public abstract void Enqueue(WebSocketMessageType type, ReadOnlyMemory<byte> payload);

    /// <summary>Returns the type of a message that can be decoded, if it is known.</summary>
    public abstract Type? TypeOf(WebSocketMessageType type, ReadOnlyMemory<byte> payload);

    /// <summary>Whether decoded messages point into the payload.</summary>
    public abstract bool Borrows(WebSocketMessageType type);
}
