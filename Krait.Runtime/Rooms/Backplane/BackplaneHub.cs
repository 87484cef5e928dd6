using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Krait.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Krait.Rooms;

/// <summary>This server's connection to the other servers, for all rooms. Thread-safe.</summary>
internal sealed class BackplaneHub : IAsyncDisposable, IDisposable
{
    /// <summary>The longest time that one call of the engine may take.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly IRoomBackplane? _engine;
    private readonly BackplanePulse _pulse;
    private readonly ConcurrentDictionary<string, RoomFeed> _feeds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RoomFeed> _ending = new(StringComparer.Ordinal);
    private long _unknown;
    private int _isUnreachable;
    private volatile bool _isDisposed;

    public BackplaneHub(
        IRoomBackplane? engine = null, TimeProvider? time = null, ILoggerFactory? logs = null, KraitMeter? meter = null)
    {
        Meter = meter ?? new();
        _engine = engine;
        Time = time ?? TimeProvider.System;
        Log = new((logs ?? NullLoggerFactory.Instance).CreateLogger("Krait.Rooms.Backplane"));
        Limits = new(Log, Time, Meter);
        _pulse = new(this);
    }

    /// <summary>Whether rooms reach over several servers.</summary>
    public bool IsOn => _engine is not null;

    public IRoomBackplane Engine => _engine!;

    public TimeProvider Time { get; }

    /// <summary>The instruments.</summary>
    public KraitMeter Meter { get; }

    public BackplaneLog Log { get; }

    /// <summary>How much may be on its way to the engine.</summary>
    public PublishLimits Limits { get; }

    /// <summary>How many messages could not be read: of another version, or of another program.</summary>
    public long Unknown => Interlocked.Read(ref _unknown);

    /// <summary>Begins to receive the messages of a room.</summary>
    public void Open(RoomFeed feed)
    {
        _feeds[feed.Channel.Name] = feed;
        if (_isDisposed)
        {
            feed.Dispose();
            return;
        }

        feed.Start(_ending.GetValueOrDefault(feed.Channel.Name));
        _pulse.Start();
    }

    /// <summary>Stops receiving the messages of a room. Does not wait.</summary>
    public void Close(RoomFeed feed)
    {
        _ending[feed.Channel.Name] = feed;
        _feeds.TryRemove(new(feed.Channel.Name, feed));
        _ = ForgetAsync(feed);
        ThreadPool.UnsafeQueueUserWorkItem(static feed => feed.Dispose(), feed, preferLocal: false); // outside the caller's lock
    }

    /// <summary>The feed of a room; null if this server does not receive it.</summary>
    public RoomFeed? Find(string channel) => _feeds.GetValueOrDefault(channel);

    /// <summary>A heartbeat of another server was lost, and with it the list of messages that the server has sent.</summary>
    public void Doubt()
    {
        foreach (var feed in _feeds.Values)
            feed.Doubt();
    }

    /// <summary>Lets the next heartbeat tell other servers which messages a publisher has sent.</summary>
    public void Claim(RoomPublisher publisher)
    {
        _pulse.Claim(publisher);
        _pulse.Start();
    }

    public void CountUnknown(string channel)
    {
        Meter.BackplaneFailures.Add(1, new KeyValuePair<string, object?>(TagNames.Failure, "unreadable"));
        if (Interlocked.Increment(ref _unknown) == 1)
            Log.UnknownMessage(channel);
    }

    /// <summary>Calls the engine until it succeeds.</summary>
    /// <exception cref="OperationCanceledException">The token has fired.</exception>
    public async ValueTask<T> RetryAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        var pause = ShortestPause;
        while (true)
        {
            try
            {
                var result = await CallAsync(call, cancellationToken).ConfigureAwait(false);
                NoteReachable();
                return result;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                NoteUnreachable(e);
            }

            await Task.Delay(pause, Time, cancellationToken).ConfigureAwait(false);
            pause = pause >= LongestPause ? LongestPause : pause * 2;
        }
    }

    /// <summary>Calls the engine, and does not wait for longer than <see cref="CallTimeout"/>.</summary>
    public async ValueTask<T> CallAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CallTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var calling = call(either.Token);
        if (calling.IsCompleted)
            return await calling.ConfigureAwait(false);

        var task = calling.AsTask();
        try
        {
            return await task.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = DisposeLateAsync(task); // the engine does not look at the token, or has just succeeded
            throw;
        }
    }

    /// <summary>Gives the engine a message.</summary>
    /// <exception cref="Exception">The engine does not have it, or may not have it.</exception>
    public Task PublishAsync(RoomChannel channel, ReadOnlyMemory<byte> payload)
    {
        var publishing = _engine!.PublishAsync(channel, payload);
        return publishing.IsCompletedSuccessfully ? Task.CompletedTask : publishing.AsTask().WaitAsync(CallTimeout, Time);
    }

    /// <summary>Begins to end all subscriptions. Later ones do not begin.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var feed in _feeds.Values)
            feed.Dispose();

        _pulse.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _pulse.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Notes that a call of the engine has failed. Logs the first failure of an outage, unless the engine knows of the outage and
    /// logs it.
    /// </summary>
    public void NoteUnreachable(Exception why)
    {
        if (Interlocked.Exchange(ref _isUnreachable, 1) == 0 && Engine.IsAvailable)
            Log.Unreachable(why);
    }

    /// <summary>Notes that a call of the engine has succeeded.</summary>
    public void NoteReachable()
    {
        if (Volatile.Read(ref _isUnreachable) != 0 && Interlocked.Exchange(ref _isUnreachable, 0) != 0)
            Log.Reachable();
    }

    /// <summary>Runs something that outlives the call, and so must not keep its execution context.</summary>
    public static Task RunWithoutContext(Func<Task> run)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(run);

        using (ExecutionContext.SuppressFlow())
            return Task.Run(run);
    }

    private async Task ForgetAsync(RoomFeed feed)
    {
        await feed.Ended.ConfigureAwait(false);
        _ending.TryRemove(new(feed.Channel.Name, feed));
    }

    private static async Task DisposeLateAsync<T>(Task<T> late)
    {
        await ((Task)late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (late.IsCompletedSuccessfully && late.Result is IAsyncDisposable subscription)
            await subscription.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A number that no other server has, and that this server has not used before.</summary>
    public static ulong NewPublisher()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
