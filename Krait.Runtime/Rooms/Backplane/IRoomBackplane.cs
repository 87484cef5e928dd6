namespace Krait;

/// <summary>Carries the messages of rooms between servers. Implement it to use an engine other than Redis. Thread-safe.</summary>
/// <remarks>
/// <para>
/// Krait calls it with bytes: encoding, the order for members, duplicates, gaps and catching up are Krait's work. An engine needs
/// three things: it publishes, it delivers, and it reads what it keeps.
/// </para>
/// <para>
/// If <see cref="RoomChannel.History"/> is not null, an engine keeps the messages of the channel and gives each a position. With
/// each message, it also stores the position of the one before. Storing, linking and delivering must be one step, so that all
/// three always show the same order. Register an engine as a singleton; Krait finds it when a room is used for the first time.
/// </para>
/// </remarks>
public interface IRoomBackplane
{
    /// <summary>Whether the engine can be reached at the moment, as far as it knows. It logs when this changes.</summary>
    bool IsAvailable { get; }

    /// <summary>Sends a message to all servers that are subscribed to a channel, this one included.</summary>
    /// <remarks>
    /// For one channel, Krait makes the calls one after another, without waiting until earlier calls complete. Keep the messages
    /// in the order of the calls. Fail fast while the engine cannot be reached, and never send a failed message later.
    /// </remarks>
    /// <param name="channel">The channel.</param>
    /// <param name="payload">The message. Its memory never changes.</param>
    /// <returns>A task that completes when the engine has the message. Krait waits for at most 10 s.</returns>
    /// <exception cref="Exception">The engine does not have the message, or may not have it.</exception>
    ValueTask PublishAsync(RoomChannel channel, ReadOnlyMemory<byte> payload);

    /// <summary>
    /// Subscribes to a channel until Krait disposes the result. An interruption does not end the subscription: the engine
    /// restores it and then calls <see cref="IBackplaneSink.CatchUp"/>.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="sink">Gets the messages. Krait subscribes once to each channel.</param>
    /// <param name="cancellationToken">Fires when Krait does not wait any longer; then give up the subscription.</param>
    /// <returns>A task that completes when the engine delivers every message that is published from then on.</returns>
    /// <exception cref="Exception">The engine cannot be reached; Krait tries again later.</exception>
    ValueTask<IAsyncDisposable> SubscribeAsync(RoomChannel channel, IBackplaneSink sink, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the newest messages that are kept of a channel and follow a position, oldest first. Krait calls it only for channels
    /// with <see cref="RoomChannel.History"/>.
    /// </summary>
    /// <remarks>
    /// Krait itself has such a channel, for <see cref="IConnections.CloseUserAsync"/>. So an engine that keeps no messages must
    /// return an empty list, and not throw.
    /// </remarks>
    /// <param name="channel">The channel.</param>
    /// <param name="after">
    /// A position of this engine; null reads from the beginning. If the engine no longer knows the position, it returns any
    /// messages that may follow. Krait decides by <see cref="BackplaneMessage.Previous"/> whether something is missing.
    /// </param>
    /// <param name="most">The largest number of messages; at least 1. If more follow, the oldest are left out.</param>
    /// <param name="cancellationToken">Fires when Krait does not wait any longer.</param>
    ValueTask<IReadOnlyList<BackplaneMessage>> ReadAsync(
        RoomChannel channel, string? after, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the connection on which messages arrive. Krait calls it when it does not hear its own heartbeat, although
    /// publishing succeeds. The engine restores all subscriptions and then calls <see cref="IBackplaneSink.CatchUp"/> for each.
    /// </summary>
    /// <param name="cancellationToken">Fires when Krait does not wait any longer.</param>
    ValueTask ReconnectAsync(CancellationToken cancellationToken);
}

/// <summary>Gets the messages of one channel from an engine. Its methods never wait and never throw.</summary>
public interface IBackplaneSink
{
    /// <summary>Gives a message to the server. Call it in the order of the channel, not from two threads at once.</summary>
    /// <param name="message">The message; Krait keeps its memory.</param>
    void Deliver(BackplaneMessage message);

    /// <summary>
    /// Reports that messages may be missing, because the connection to the engine was interrupted and works again. Any thread.
    /// </summary>
    void CatchUp();
}

/// <summary>A channel of an engine: one room for all servers, its members, or a channel of Krait's own.</summary>
/// <param name="Name">
/// Its name, unique in the application, such as the type of messages, a slash, and the name of the room. At most 1,000 bytes of
/// UTF-8, without control characters.
/// </param>
/// <param name="History">How much the engine keeps; null keeps nothing.</param>
public sealed record RoomChannel(string Name, RoomHistory? History);

/// <summary>A message in a channel.</summary>
/// <param name="Payload">The bytes that were published.</param>
/// <param name="Position">
/// Its position: at most 64 letters, digits and hyphens. An engine never gives the same position to two messages of a channel.
/// Null without history.
/// </param>
/// <param name="Previous">
/// The position of the message before it when it was published, even if that is not kept any more; null for the first message of
/// a channel, and without history.
/// </param>
public readonly record struct BackplaneMessage(ReadOnlyMemory<byte> Payload, string? Position, string? Previous);
