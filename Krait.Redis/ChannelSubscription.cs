using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>The subscription to one channel, over all connections that bring its messages in turn. Thread-safe.</summary>
internal sealed class ChannelSubscription(RedisBackplane redis, RoomChannel channel, IBackplaneSink sink) : IAsyncDisposable
{
    private readonly Lock _delivering = new();
    private readonly SemaphoreSlim _turn = new(1); // one command for the channel at a time
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RedisListener? _listener;
    private ChannelMessageQueue? _queue;
    private int _isClosing;

    /// <summary>Completes when the channel can be subscribed to again.</summary>
    public Task Closed => _closed.Task;

    public string Name => channel.Name;

    /// <summary>Subscribes on the engine's present connection, unless that has been done.</summary>
    public async Task AttachAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var listener = redis.Listener;
            if (_isClosing == 0 && !(_listener == listener && _queue is not null))
                await AttachAsync(listener).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void CatchUp() => sink.CatchUp();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
        {
            await Closed.ConfigureAwait(false);
            return;
        }

        lock (_delivering)
            _listener = null;

        await _turn.WaitAsync().ConfigureAwait(false);
        if (_queue is not null) // fails if the connection is gone, and the subscription with it
            await _queue.UnsubscribeAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        redis.Forget(this);
        _closed.SetResult();
        _turn.Release();
    }

    private async Task AttachAsync(RedisListener listener)
    {
        lock (_delivering)
            _listener = listener; // an older connection delivers nothing from here on

        _queue = null;
        _queue = await listener.SubscribeAsync(redis.Keys.Channel(channel.Name)).ConfigureAwait(false);
        using (ExecutionContext.SuppressFlow()) // the loop would keep the values of the request that was first in the room
            _queue.OnMessage(message => Deliver(listener, message.Message));
    }

    private void Deliver(RedisListener listener, RedisValue value)
    {
        ReadOnlyMemory<byte> bytes = (byte[]?)value;
        var message = new BackplaneMessage(bytes, null, null);
        if (channel.History is not null && !StoredMessage.TryRead(bytes, out message))
        {
            redis.CountForeign(channel.Name);
            return;
        }

        lock (_delivering)
        {
            if (_listener == listener)
                sink.Deliver(message);
        }
    }
}
