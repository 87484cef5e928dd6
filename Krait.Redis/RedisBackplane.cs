using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>Carries the messages of rooms on Redis. Thread-safe.</summary>
/// <remarks>
/// There are two connections. Redis cuts off a subscriber that reads too slowly, and must not cut off the commands with it. And a
/// heartbeat that is sent on the one and heard on the other shows that both work.
/// </remarks>
internal sealed partial class RedisBackplane : IRoomBackplane, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    private readonly RedisConfiguration _configuration;
    private readonly RedisRouting _routing;
    private readonly RedisLog _log;
    private readonly RedisOutage _outage;
    private readonly ConcurrentDictionary<string, ChannelSubscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reconnecting = new(1);
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lazy<Task> _connected;
    private volatile RedisCommands? _commands;
    private volatile RedisListener? _listener;
    private int _hasForeign;

    public RedisBackplane(RedisConfiguration configuration, IOptions<KraitRedisOptions> options, ILoggerFactory logs)
    {
        _configuration = configuration;
        _routing = new(options.Value.ShardedPubSub);
        _log = new(logs.CreateLogger("Krait.Redis"));
        _outage = new(_log);
        _connected = new(ConnectAsync);
        Keys = new(options.Value.Prefix);
    }

    public bool IsAvailable => _commands is { Connection.IsConnected: true } && _listener is { IsConnected: true };

    public RedisKeys Keys { get; }

    /// <summary>The connection on which messages arrive at present.</summary>
    public RedisListener Listener => _listener ?? throw NotConnected();

    /// <summary>Completes when both connections have been tried. The first use begins that.</summary>
    public Task Connected => _connected.Value;

    private RedisCommands Commands
    {
        get
        {
            _ = Connected;
            return _commands ?? throw NotConnected();
        }
    }

    public ValueTask PublishAsync(RoomChannel channel, ReadOnlyMemory<byte> payload) =>
        new(Commands.PublishAsync(channel, payload));

    public async ValueTask<IReadOnlyList<BackplaneMessage>> ReadAsync(
        RoomChannel channel, string? after, int most, CancellationToken cancellationToken) =>
        await Commands.ReadAsync(channel, after, most).WaitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<IAsyncDisposable> SubscribeAsync(
        RoomChannel channel, IBackplaneSink sink, CancellationToken cancellationToken)
    {
        await Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
        var subscription = new ChannelSubscription(this, channel, sink);
        while (_subscriptions.GetOrAdd(channel.Name, subscription) is var present && present != subscription)
            await present.Closed.WaitAsync(cancellationToken).ConfigureAwait(false);

        try
        {
            await subscription.AttachAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask ReconnectAsync(CancellationToken cancellationToken)
    {
        await Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(Listener, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes when Redis has answered.</summary>
    public Task PingAsync() => Commands.Connection.GetDatabase().PingAsync();

    /// <summary>Lets a channel be subscribed to again.</summary>
    public void Forget(ChannelSubscription subscription) => _subscriptions.TryRemove(new(subscription.Name, subscription));

    public void CountForeign(string channel)
    {
        if (Interlocked.Exchange(ref _hasForeign, 1) == 0)
            _log.ForeignMessage(channel);
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        if (_connected.IsValueCreated)
            await Connected.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (Interlocked.Exchange(ref _listener, null) is { } listener)
            await CloseAsync(listener).ConfigureAwait(false);

        if (Interlocked.Exchange(ref _commands, null) is not { } commands)
            return;

        _outage.Forget(commands.Connection);
        await commands.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Begins to close the connections.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();

    private static RedisConnectionException NotConnected() =>
        new(ConnectionFailureType.UnableToConnect, CommandFlags.None, "There is no connection to Redis.");

    private async Task ConnectAsync()
    {
        var commands = TryUntilMadeAsync(_configuration.ConnectAsync);
        var listener = TryUntilMadeAsync(_configuration.ConnectListenerAsync);
        _commands = new(await commands.ConfigureAwait(false), Keys, _routing);
        _listener = new(await listener.ConfigureAwait(false), _routing, OnRestored);
    }

    private void OnRestored(RedisListener listener) => _ = ReplaceAsync(listener);

    /// <summary>
    /// Replaces a connection that works again after an interruption. The library restores subscriptions by itself, but with
    /// thousands of channels it sometimes stops in the middle without an error.
    /// </summary>
    private async Task ReplaceAsync(RedisListener listener)
    {
        while (_listener == listener && !_disposing.IsCancellationRequested)
        {
            try
            {
                await ReplaceAsync(listener, _disposing.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (!_disposing.IsCancellationRequested)
            {
                _outage.Begin(e.Message, e);
                await Task.Delay(BetweenAttempts, _disposing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReplaceAsync(RedisListener listener, CancellationToken cancellationToken)
    {
        await _reconnecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_listener == listener)
                await ReplaceListenerAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reconnecting.Release();
        }
    }

    private async Task<IConnectionMultiplexer> TryUntilMadeAsync(Func<Task<IConnectionMultiplexer>> connect)
    {
        while (true)
        {
            try
            {
                var connection = await connect().ConfigureAwait(false);
                _outage.Watch(connection);
                return connection;
            }
            catch (Exception e) when (!_disposing.IsCancellationRequested) // such as one of a cloud that issues tokens
            {
                _outage.Begin(e.Message, e);
            }

            await Task.Delay(BetweenAttempts, _disposing.Token).ConfigureAwait(false);
        }
    }

    private async Task ReplaceListenerAsync(CancellationToken cancellationToken)
    {
        var connecting = _configuration.ConnectListenerAsync();
        var connection = await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!connection.GetSubscriber().IsConnected())
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw NotConnected(); // the present connection also goes on trying
        }

        _outage.Watch(connection);
        var old = Listener;
        _listener = new(connection, _routing, OnRestored);
        await Task.WhenAll(_subscriptions.Values.Select(RestoreAsync)).WaitAsync(cancellationToken).ConfigureAwait(false);
        _ = CloseAsync(old);
    }

    /// <summary>Subscribes on the new connection. All commands leave at once; nothing waits for the answer to another.</summary>
    private async Task RestoreAsync(ChannelSubscription subscription)
    {
        while (!subscription.Closed.IsCompleted && !_disposing.IsCancellationRequested)
        {
            try
            {
                await subscription.AttachAsync().ConfigureAwait(false);
                subscription.CatchUp();
                return;
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                _outage.Begin(e.Message, e);
            }

            await Task.Delay(BetweenAttempts, _disposing.Token).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync(RedisListener listener)
    {
        _outage.Forget(listener.Connection);
        await listener.DisposeAsync().ConfigureAwait(false);
    }
}
