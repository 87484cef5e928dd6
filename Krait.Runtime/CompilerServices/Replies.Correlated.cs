namespace Krait.CompilerServices;

/// <content>Replies with the id of their request.</content>
public static partial class Replies
{
    /// <summary>Sends a reply with the id of its request.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="id">The id.</param>
    /// <param name="correlate">Sets the id of the reply.</param>
    public static ValueTask Reply<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, TReply? reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : TSend =>
        reply is null ? default : connection.ReplyAsync(correlate(reply, id));

    /// <summary>Sends a reply of a value type with the id of its request, unless the reply is null.</summary>
    public static ValueTask ReplyNullable<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, TReply? reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : struct, TSend =>
        reply is { } message ? connection.ReplyAsync(correlate(message, id)) : default;

    /// <summary>Sends the reply of a task with the id of its request when the task completes.</summary>
    public static ValueTask ReplyAsync<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, Task<TReply> reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : TSend? =>
        ReplyAsync(connection, new ValueTask<TReply>(reply), id, correlate);

    /// <summary>Sends the reply of a task with the id of its request when the task completes.</summary>
    public static async ValueTask ReplyAsync<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, ValueTask<TReply> reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : TSend?
    {
        if (await reply.ConfigureAwait(false) is { } message && correlate(message, id) is { } correlated)
            await connection.ReplyAsync(correlated).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends the reply of a task with the id of its request when the task completes, unless it is null. For value types.
    /// </summary>
    public static ValueTask ReplyNullableAsync<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, Task<TReply?> reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : struct, TSend =>
        ReplyNullableAsync(connection, new ValueTask<TReply?>(reply), id, correlate);

    /// <summary>
    /// Sends the reply of a task with the id of its request when the task completes, unless it is null. For value types.
    /// </summary>
    public static async ValueTask ReplyNullableAsync<TSend, TReply, TId>(
        WebSocketConnection<TSend> connection, ValueTask<TReply?> reply, TId id, Func<TReply, TId, TReply> correlate)
        where TReply : struct, TSend =>
        await ReplyNullable(connection, await reply.ConfigureAwait(false), id, correlate).ConfigureAwait(false);

    /// <summary>Starts a stream of replies, each with the id of their request.</summary>
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
