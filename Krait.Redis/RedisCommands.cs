using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>The connection that sends. Thread-safe.</summary>
internal sealed class RedisCommands(IConnectionMultiplexer connection, RedisKeys keys, RedisRouting routing) : IAsyncDisposable
{
    /// <summary>
    /// If a room is silent for longer than the age of its history and this time, its next message looks as if others were lost
    /// before it.
    /// </summary>
    private static readonly TimeSpan HeadLinger = TimeSpan.FromDays(1);

    public IConnectionMultiplexer Connection => connection;

    /// <summary>The members of rooms.</summary>
    public RedisPresence Presence { get; } = new(connection, keys);

    /// <summary>Sends a message. The calls are sent in their order; the result completes with the answer.</summary>
    public Task PublishAsync(RoomChannel channel, ReadOnlyMemory<byte> payload)
    {
        if (channel.History is not { } history)
            return connection.GetSubscriber().PublishAsync(routing.Channel(connection, keys.Channel(channel.Name)), payload);

        return connection.GetDatabase().ScriptEvaluateAsync(
            RoomScripts.Publish,
            [keys.Stream(channel.Name), keys.Head(channel.Name)],
            [
                payload,
                history.Length,
                (long)history.Age.TotalMilliseconds,
                (long)(history.Age + HeadLinger).TotalMilliseconds,
                routing.PublishCommand(connection),
                keys.Channel(channel.Name),
            ]);
    }

    /// <summary>Reads the newest messages after a position, oldest first.</summary>
    public async Task<IReadOnlyList<BackplaneMessage>> ReadAsync(RoomChannel channel, string? after, int most)
    {
        var history = channel.History!;
        return StoredMessage.ReadAll(await connection.GetDatabase().ScriptEvaluateAsync(
            RoomScripts.Read,
            [keys.Stream(channel.Name)],
            [after ?? "", Math.Min(most, history.Length), (long)history.Age.TotalMilliseconds]).ConfigureAwait(false));
    }

    public async ValueTask DisposeAsync()
    {
        await connection.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
