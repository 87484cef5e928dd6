namespace Krait.CompilerServices;

/// <content>Replies that carry the id of the message that they answer.</content>
public static partial class Replies
{
    /// <summary>Sends a message with the id of what it answers.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="reply">The message.</param>
    /// <param name="id">The id.</param>
    /// <param name="correlate">Gives the message the id.</param>
    public static ValueTask Reply<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, TReply? reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : TSend =>
        reply is null ? default : connection.ReplyAsync(correlate(reply, id));

    /// <summary>Sends a message of a value type with the id of what it answers, unless it is null.</summary>
    public static ValueTask ReplyNullable<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, TReply? reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : struct, TSend =>
        reply is { } message ? connection.ReplyAsync(correlate(message, id)) : default;

    /// <summary>Sends a message with the id of what it answers when its task has it.</summary>
    public static ValueTask ReplyAsync<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, Task<TReply> reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : TSend? =>
        ReplyAsync(connection, new ValueTask<TReply>(reply), id, correlate);

    /// <summary>Sends a message with the id of what it answers when its task has it.</summary>
    public static async ValueTask ReplyAsync<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, ValueTask<TReply> reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : TSend?
    {
        if (await reply.ConfigureAwait(false) is { } message && correlate(message, id) is { } correlated)
            await connection.ReplyAsync(correlated).ConfigureAwait(false);
    }

    /// <summary>Sends a message of a value type with the id of what it answers when its task has it, unless it is null.</summary>
    public static ValueTask ReplyNullableAsync<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, Task<TReply?> reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : struct, TSend =>
        ReplyNullableAsync(connection, new ValueTask<TReply?>(reply), id, correlate);

    /// <summary>Sends a message of a value type with the id of what it answers when its task has it, unless it is null.</summary>
    public static async ValueTask ReplyNullableAsync<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, ValueTask<TReply?> reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : struct, TSend =>
        await ReplyNullable(connection, await reply.ConfigureAwait(false), id, correlate).ConfigureAwait(false);

    /// <summary>Starts a stream of messages, each with the id of what they answer.</summary>
    public static ValueTask Stream<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, IAsyncEnumerable<TReply>? replies, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : TSend? =>
        replies is null ? default : connection.StartStreamAsync(Correlated(replies, id, correlate));

    // The token that the connection gives the enumerator of this stream goes on to the handler's.
    private static async IAsyncEnumerable<TReply> Correlated<TReply, TId>(
        IAsyncEnumerable<TReply> replies,
        TId id,
        Func<TReply, TId, TReply> correlate,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var reply in replies.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return reply is null ? reply : correlate(reply, id);
    }
}
