using System.ComponentModel;
using System.Threading.Channels;
using Krait.Controllers;
using Krait.Messaging;
using Krait.Rooms;
using Microsoft.AspNetCore.Http;

namespace Krait.CompilerServices;

/// <summary>Connects the runtime with one controller. Each part is a static lambda in generated code.</summary>
/// <typeparam name="TSelf">The controller.</typeparam>
/// <typeparam name="TReceive">The type of received messages.</typeparam>
/// <typeparam name="TSend">The type of sent messages.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ControllerDescriptor<TSelf, TReceive, TSend> : WebSocketControllerDescriptor<TSelf>
    where TSelf : class
{
    private SendRules<TSend>? _sendRules;

    /// <summary>Calls [OnUpgrade]; null if there is none.</summary>
    public Func<UpgradeBinder, ValueTask<UpgradeDecision>>? OnUpgrade { get; init; }

    /// <summary>Constructs the controller.</summary>
    public required Func<UpgradeBinder, TSelf> Create { get; init; }

    /// <summary>Gives the controller its connection and, in Queue delivery, its messages.</summary>
    public required Action<TSelf, WebSocketConnection<TSend>, ChannelReader<TReceive>> Attach { get; init; }

    /// <summary>
    /// Binds the parameters of [OnOpen] before the upgrade, and returns a delegate that calls it afterwards; null if there is
    /// none.
    /// </summary>
    public Func<UpgradeBinder, Func<TSelf, WebSocketConnection<TSend>, ValueTask>>? OnOpen { get; init; }

    /// <summary>Calls the [OnMessage] that takes the message, and replies; null if there is none.</summary>
    public Func<TSelf, TReceive, WebSocketConnection<TSend>, ValueTask>? OnMessage { get; init; }

    /// <summary>
    /// Calls the [OnMessage] that takes binary frames, if others take text, and replies; null if there is none.
    /// </summary>
    public Func<TSelf, RawMessage, WebSocketConnection<TSend>, ValueTask>? OnBinary { get; init; }

    /// <summary>
    /// Calls the [OnError] that takes the exception, and replies. Also passes the message that failed, if there is one. Returns
    /// null if no handler takes the exception.
    /// </summary>
    public Func<TSelf, Exception, object?, WebSocketConnection<TSend>, ValueTask?>? OnError { get; init; }

    /// <summary>Calls [OnClose]; null if there is none.</summary>
    public Func<TSelf, CloseInfo, CancellationToken, ValueTask>? OnClose { get; init; }

    /// <summary>Calls [OnLost], and replies; null if there is none.</summary>
    public Func<TSelf, LostMessages, WebSocketConnection<TSend>, ValueTask>? OnLost { get; init; }

    /// <summary>
    /// Calls [OnPresence] with a <see cref="PresenceChange{TMember}"/>, and replies; null if there is none.
    /// </summary>
    public Func<TSelf, object, WebSocketConnection<TSend>, ValueTask>? OnPresence { get; init; }

    /// <summary>Calls [OnDrain], and replies; null if there is none.</summary>
    public Func<TSelf, DrainInfo, WebSocketConnection<TSend>, ValueTask>? OnDrain { get; init; }

    /// <summary>Calls [OnExpiring], and replies; null if there is none.</summary>
    public Func<TSelf, ExpirationInfo, WebSocketConnection<TSend>, ValueTask>? OnExpiring { get; init; }

    /// <summary>How the members that the rooms list are encoded for other servers; null if they list none.</summary>
    public MemberContract? Members { get; init; }

    /// <summary>The services that [OnMessage], [OnError] and [OnClose] need. Optional services are not listed.</summary>
    public IReadOnlyList<HandlerService> HandlerServices { get; init; } = [];

    /// <summary>The types that a received message may have, where they are known at compile time.</summary>
    public IReadOnlyList<MessageCase> ReceivedCases { get; init; } = [];

    /// <summary>
    /// Returns the index in <see cref="ReceivedCases"/> of a received message; -1 if its type is none of these.
    /// </summary>
    public Func<TReceive, int> ReceivedCase { get; init; } = static _ => -1;

    /// <summary>Returns the parent of a received message's span; null if no type has a property for it.</summary>
    public Func<TReceive, string?>? TraceParent { get; init; }

    /// <summary>The types that a sent message may have, where they are known at compile time.</summary>
    public IReadOnlyList<MessageCase> SentCases { get; init; } = [];

    /// <summary>Returns the index in <see cref="SentCases"/> of a sent message; -1 if its type is none of these.</summary>
    public Func<TSend, int> SentCase { get; init; } = static _ => -1;

    /// <summary>Calls [Run]; null if there is none.</summary>
    public Func<TSelf, ChannelReader<TReceive>, WebSocketConnection<TSend>, ValueTask>? Run { get; init; }

    /// <summary>Whether [Run] is a synchronous method that may block, and so gets a thread of its own.</summary>
    public bool RunOwnsThread { get; init; }

    /// <summary>Makes the decoder of received messages for a subprotocol.</summary>
    public required Func<CodecBinder, IMessageDecoder<TReceive>> Decoder { get; init; }

    /// <summary>Makes the encoder of sent messages for a subprotocol.</summary>
    public required Func<CodecBinder, IMessageEncoder<TSend>> Encoder { get; init; }

    /// <summary>Returns whether a sent message must not be compressed; null if all may be compressed.</summary>
    public Func<TSend, bool>? IsUncompressed { get; init; }

    /// <summary>Whether the log shows no payload of any message of the controller.</summary>
    public bool HidesTraffic { get; init; }

    /// <summary>Returns whether the log hides the payload of a received message; null if no type of message says so.</summary>
    public Func<TReceive, bool>? HidesReceived { get; init; }

    /// <summary>Returns whether the log hides the payload of a sent message; null if no type of message says so.</summary>
    public Func<TSend, bool>? HidesSent { get; init; }

    /// <summary>Returns a sent message with its position in the room; null if no type has a property for it.</summary>
    public Func<TSend, string, TSend>? WithPosition { get; init; }

    /// <summary>Returns the policy of a sent message for members that read too slowly; null if no type sets one.</summary>
    public Func<TSend, MessagePolicy>? WhenSlow { get; init; }

    /// <summary>The names of the rooms in the constructor's parameters, with route values in braces.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>How many connections one user or address may have.</summary>
    public IReadOnlyList<ConnectionLimit> MaxConnections { get; init; } = [];

    /// <summary>The limits of the messages that a client may send. Limits for all types come first.</summary>
    public IReadOnlyList<MessageRate> RateLimits { get; init; } = [];

    /// <summary>The rules for sent messages.</summary>
    internal SendRules<TSend> SendRules => _sendRules ??= new(IsUncompressed, WhenSlow);

    internal override RequestDelegate BuildEndpoint(IServiceProvider services)
    {
        if (Rooms.Count > 0)
            StructRooms.Demand<TSend>(services);

        var endpoint = new ControllerEndpoint<TSelf, TReceive, TSend>(this, services);
        if (StructRooms.Find<TSend>(services) is RoomDirectory<TSend> rooms)
            rooms.Accept(endpoint.Contract);

        Members?.Apply(services);
        return endpoint.InvokeAsync;
    }
}
