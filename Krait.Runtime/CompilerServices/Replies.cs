using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>Sends the return values of handlers. Sends nothing for null. Discards a reply if the connection is closing.</summary>
/// <remarks>The returned task fails with the exception of the handler or of its task.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Replies
{
    /// <summary>Sends a message, unless it is null.</summary>
    public static ValueTask Reply<TSend>(WebSocketConnection<TSend> connection, TSend? reply) =>
        reply is null ? default : connection.ReplyAsync(reply);

    /// <summary>Sends a message of a value type, unless it is null.</summary>
    public static ValueTask ReplyNullable<TSend>(WebSocketConnection<TSend> connection, TSend? reply)
        where TSend : struct =>
        reply is { } message ? connection.ReplyAsync(message) : default;

    /// <summary>Sends the message of a task when the task completes.</summary>
    public static ValueTask ReplyAsync<TSend, TReply>(WebSocketConnection<TSend> connection, Task<TReply> reply)
        where TReply : TSend? =>
        ReplyAsync(connection, new ValueTask<TReply>(reply));

    /// <summary>Sends the message of a task when the task completes.</summary>
    public static ValueTask ReplyAsync<TSend, TReply>(WebSocketConnection<TSend> connection, ValueTask<TReply> reply)
        where TReply : TSend?
    {
        return reply.IsCompletedSuccessfully ? Reply<TSend>(connection, reply.Result) : Awaited(connection, reply);

        static async ValueTask Awaited(WebSocketConnection<TSend> connection, ValueTask<TReply> reply) =>
            await Reply<TSend>(connection, await reply.ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Sends the message of a task when the task completes, unless it is null. For value types.</summary>
    public static ValueTask ReplyNullableAsync<TSend>(WebSocketConnection<TSend> connection, Task<TSend?> reply)
        where TSend : struct =>
        ReplyNullableAsync(connection, new ValueTask<TSend?>(reply));

    /// <summary>Sends the message of a task when the task completes, unless it is null. For value types.</summary>
    public static async ValueTask ReplyNullableAsync<TSend>(WebSocketConnection<TSend> connection, ValueTask<TSend?> reply)
        where TSend : struct =>
        await ReplyNullable(connection, await reply.ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Starts a stream of messages, which runs next to the handlers; completes when it has started.</summary>
    public static ValueTask Stream<TSend, TReply>(WebSocketConnection<TSend> connection, IAsyncEnumerable<TReply>? replies)
        where TReply : TSend? =>
        replies is null ? default : connection.StartStreamAsync(replies);

    /// <summary>Sends every message of a [Run] stream; completes with the stream.</summary>
    public static ValueTask SendAll<TSend, TReply>(WebSocketConnection<TSend> connection, IAsyncEnumerable<TReply> messages)
        where TReply : TSend? =>
        connection.SendAllAsync(messages);
}
