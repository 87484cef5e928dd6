using System.Collections.Concurrent;

namespace Krait.Rooms;

/// <summary>Gets the messages of one room from the other servers, in order, and notices when some are missing.</summary>
/// <remarks>
/// <para>
/// Events are handled one after another, by the thread that brings the first of them; while a read of the history is under way,
/// they wait.
/// </para>
/// <para>
/// With history, a message is the next one if it names the last one as its predecessor. If it does not, the feed reads the
/// history after the last one. If the next message in the history does not name it, either, messages are lost for good. Positions
/// are never compared to decide which is later: after a failover of the engine, later messages may have smaller ones. Publisher
/// and counter show which messages have come before. Without history, the feed has only these.
/// </para>
/// </remarks>
internal sealed class RoomFeed : IBackplaneSink, IDisposable
{
    /// <summary>
    /// How many events may wait. Further ones are dropped, and then read from the history or reported as missing.
    /// </summary>
    private const int MostWaiting = 10_000;

    private readonly RoomChannel _channel;
    private readonly BackplaneHub _hub;
    private readonly IRoomInbox _inbox;
    private readonly ConcurrentQueue<FeedEvent> _events = new();
    private readonly PublisherCounters _counters;
    private readonly CancellationTokenSource _disposing = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RoomFeed? _before;
    private IAsyncDisposable? _subscription;
    private string? _last;
    private long _began; // when messages began to arrive, as a timestamp
    private int _waiting;
    private volatile bool _hasDropped;
    private bool _foundNothing;
    private int _isDisposed;

    /// <summary>Prepares a feed.</summary>
    /// <param name="channel">The room for the engine.</param>
    /// <param name="hub">The engine.</param>
    /// <param name="inbox">Gets the messages.</param>
    public RoomFeed(RoomChannel channel, BackplaneHub hub, IRoomInbox inbox)
    {
        (_channel, _hub, _inbox) = (channel, hub, inbox);
        _counters = new(hub.Time, channel.History?.Age ?? default);
    }

    public RoomChannel Channel => _channel;

    /// <summary>Completes when messages arrive that are sent from now on.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Completes when the feed has ended after its disposal.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins, once.</summary>
    /// <param name="before">The feed of the same room before this one; null if there is none, or it has ended.</param>
    public void Start(RoomFeed? before)
    {
        _before = before;
        Post(new(FeedEventKind.Begin));
    }

    /// <inheritdoc/>
    public void Deliver(BackplaneMessage message) => Post(new(FeedEventKind.Message) { Message = message });

    /// <inheritdoc/>
    public void CatchUp() => Post(new(FeedEventKind.CatchUp));

    /// <summary>Another server names the messages that it has sent. Those that have not come until now are missing.</summary>
    /// <param name="publisher">The publisher.</param>
    /// <param name="counter">The counter of its last message.</param>
    /// <param name="since">The timestamp after which that message was sent; null if that is unknown.</param>
    public void Expect(ulong publisher, ulong counter, long? since) =>
        Post(new(FeedEventKind.Expect) { Publisher = publisher, Counter = counter, Since = since });

    /// <summary>Another server may have sent messages that have not come, and it is not known which.</summary>
    public void Doubt() => Post(new(FeedEventKind.Doubt));

    /// <summary>Delivers a message that could not be sent to other servers, to the members of this one.</summary>
    public void DeliverHere(ReadOnlyMemory<byte> payload) =>
        Post(new(FeedEventKind.Here) { Message = new(payload, null, null) });

    /// <summary>Ends the subscription. Does not wait.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        _disposing.Cancel();
        Post(new(FeedEventKind.End));
    }

    private void Post(in FeedEvent item)
    {
        if (Volatile.Read(ref _waiting) >= MostWaiting && item.Kind is FeedEventKind.Message or FeedEventKind.Expect)
        {
            _hasDropped = true;
            return;
        }

        _events.Enqueue(item);
        if (Interlocked.Increment(ref _waiting) == 1)
            _ = HandleAllAsync();
    }

    private async Task HandleAllAsync()
    {
        do
        {
            _events.TryDequeue(out var item);
            try
            {
                await HandleAsync(item).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_disposing.IsCancellationRequested)
            {
                // The room is no longer in use.
            }
            catch (Exception e)
            {
                _hub.Log.MessageFailed(e, _channel.Name);
                ReceiveGap(0);
            }
        }
        while (Interlocked.Decrement(ref _waiting) > 0);
    }

    private ValueTask HandleAsync(in FeedEvent item)
    {
        if (item.Kind == FeedEventKind.End)
            return EndAsync();

        if (_disposing.IsCancellationRequested)
            return default;

        if (_hasDropped && item.Kind != FeedEventKind.Begin)
            return CatchUpAfterDropAsync(item);

        return item.Kind switch
        {
            FeedEventKind.Begin => BeginAsync(),
            FeedEventKind.Message => TakeAsync(item.Message),
            FeedEventKind.CatchUp => CatchUpAfterReconnectAsync(),
            FeedEventKind.Expect => ExpectAsync(item),
            FeedEventKind.Doubt => DoubtAsync(),
            _ => TakeHere(item.Message.Payload),
        };
    }

    private async ValueTask BeginAsync()
    {
        if (_before is not null)
            await _before.Ended.WaitAsync(_disposing.Token).ConfigureAwait(false); // engines know one sink for each channel

        _before = null;
        _subscription = await _hub.RetryAsync(
            token => _hub.Engine.SubscribeAsync(_channel, this, token), _disposing.Token).ConfigureAwait(false);
        if (_channel.History is not null)
        {
            var messages = await ReadAsync(after: null).ConfigureAwait(false);
            _foundNothing = messages.Count == 0;
            Preload(messages);
        }

        _began = _hub.Time.GetTimestamp();
        _inbox.Begin();
        _ready.TrySetResult();
    }

    /// <summary>Takes the older messages that the engine has kept: for clients that come back, not for members.</summary>
    private void Preload(IReadOnlyList<BackplaneMessage> messages)
    {
        if (messages.Count == 0)
            return;

        var position = messages[0].Previous;
        var known = new List<RelayedEntry>();
        foreach (var message in messages)
        {
            if (!TryRead(message, out var entry, out var missing))
                continue;

            if (missing > 0)
            {
                position = entry is null ? message.Position : null; // clients cannot come back to messages before a gap
                known.Clear();
            }

            if (entry is { } readable)
                known.Add(readable);
        }

        _inbox.Preload(position, known);
    }

    private ValueTask TakeAsync(in BackplaneMessage message)
    {
        if (_channel.History is not null && message.Previous != _last)
            return TakeOutOfOrderAsync(message);

        Accept(message);
        return default;
    }

    private async ValueTask TakeOutOfOrderAsync(BackplaneMessage message)
    {
        var isRead = RoomEnvelope.TryRead(message.Payload, out var envelope);
        if (isRead && _counters.Has(envelope))
            return;

        await CatchUpAsync().ConfigureAwait(false);
        if (isRead && !_counters.Has(envelope))
            await StartAgainAsync().ConfigureAwait(false);
    }

    private void Accept(in BackplaneMessage message)
    {
        if (!TryRead(message, out var entry, out var missing))
            return;

        if (missing > 0)
            ReceiveGap(missing);

        if (entry is { } known)
            _inbox.Receive(known);
    }

    /// <summary>Reads a message that follows the last one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="entry">The message, if this version can read it.</param>
    /// <param name="missing">How many are missing before it; it counts itself if this version cannot read it.</param>
    /// <returns>False if it was there already, or comes from another program.</returns>
    private bool TryRead(in BackplaneMessage message, out RelayedEntry? entry, out long missing)
    {
        _last = message.Position;
        if (!RoomEnvelope.TryRead(message.Payload, out var envelope))
        {
            _hub.CountUnknown(_channel.Name);
            (entry, missing) = (null, 1);
            return RoomEnvelope.IsOfKrait(message.Payload.Span);
        }

        missing = _counters.Note(envelope.Publisher, envelope.Counter);
        entry = new(envelope, message.Position);
        return missing >= 0; // else it was there already
    }

    /// <summary>
    /// Reads the history after the last message. If the engine cannot show that nothing is missing, tells the members.
    /// </summary>
    private async ValueTask CatchUpAsync()
    {
        if (_channel.History is null)
            return; // the next message or heartbeat shows which messages are missing

        var messages = await ReadAsync(_last).ConfigureAwait(false);
        if (messages.Count > 0 && messages[0].Previous != _last && !IsAllSinceBegin(messages.Count))
        {
            await StartAgainAsync().ConfigureAwait(false);
            return;
        }

        foreach (var message in messages)
            Accept(message);
    }

    /// <summary>
    /// Whether messages are all that came since the feed began. After a silence that is longer than the history, the engine has
    /// none, and yet the next message names the one before the silence.
    /// </summary>
    private bool IsAllSinceBegin(int count) => _foundNothing && _last is null && count < _channel.History!.Length;

    /// <summary>Takes the messages that the engine has, whether or not others are missing before them.</summary>
    private async ValueTask StartAgainAsync()
    {
        var entries = new List<RelayedEntry>();
        var missing = 0L;
        foreach (var message in await ReadAsync(after: null).ConfigureAwait(false))
        {
            if (!TryRead(message, out var entry, out var before))
                continue;

            missing += before;
            if (entry is { } known)
                entries.Add(known);
        }

        ReceiveGap(missing);
        foreach (var entry in entries)
            _inbox.Receive(entry);
    }

    private ValueTask CatchUpAfterDropAsync(in FeedEvent item)
    {
        _hasDropped = false;
        return _channel.History is null ? HandleAsync(item) : CatchUpAsync();
    }

    private ValueTask CatchUpAfterReconnectAsync()
    {
        _inbox.Reconnected();
        return CatchUpAsync();
    }

    private async ValueTask ExpectAsync(FeedEvent item)
    {
        var (publisher, counter) = (item.Publisher, item.Counter);
        if (_counters.IsUpTo(publisher, counter))
            return;

        await CatchUpAsync().ConfigureAwait(false);
        var isKnown = _counters.Knows(publisher);
        var missing = _counters.Pass(publisher, counter);
        if (missing > 0 && (isKnown || item.Since > _began)) // else it may have been sent before this server had the room
            ReceiveGap(isKnown || counter == 1 ? missing : 0);
    }

    private ValueTask DoubtAsync()
    {
        if (_channel.History is not null)
            return CatchUpAsync();

        ReceiveGap(0);
        return default;
    }

    private ValueTask TakeHere(ReadOnlyMemory<byte> payload)
    {
        if (!RoomEnvelope.TryRead(payload, out var envelope)
            || _counters.Note(envelope.Publisher, envelope.Counter) is not (>= 0 and var missing))
        {
            return default;
        }

        if (missing > 0) // those before it are still on their way, and their numbers are passed now
            ReceiveGap(missing);

        _inbox.Receive(new(envelope, Position: null));
        return default;
    }

    private void ReceiveGap(long missing)
    {
        _hub.Meter.BackplaneGaps.Add(1);
        _inbox.ReceiveGap(missing);
    }

    private ValueTask<IReadOnlyList<BackplaneMessage>> ReadAsync(string? after) =>
        _hub.RetryAsync(
            token => _hub.Engine.ReadAsync(_channel, after, _channel.History!.Length, token), _disposing.Token);

    private async ValueTask EndAsync()
    {
        _ready.TrySetResult();
        try
        {
            if (_subscription is not null)
                await _subscription.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private enum FeedEventKind { Begin, Message, CatchUp, Expect, Doubt, Here, End }

    private readonly record struct FeedEvent(FeedEventKind Kind)
    {
        public BackplaneMessage Message { get; init; }

        public ulong Publisher { get; init; }

        public ulong Counter { get; init; }

        public long? Since { get; init; }
    }
}

/// <summary>A message from another server.</summary>
/// <param name="Envelope">The message.</param>
/// <param name="Position">Its position; null without history.</param>
internal readonly record struct RelayedEntry(RoomEnvelope Envelope, string? Position);

/// <summary>Gets the messages that other servers have sent to a room. Called by one thread at a time.</summary>
internal interface IRoomInbox
{
    /// <summary>Sends a message to the members of this server.</summary>
    void Receive(RelayedEntry entry);

    /// <summary>Tells the members that messages are missing.</summary>
    /// <param name="missing">How many; 0 if that is unknown.</param>
    void ReceiveGap(long missing);

    /// <summary>The engine was away, and may have lost something.</summary>
    void Reconnected();

    /// <summary>Takes the messages that were sent before this server had the room.</summary>
    /// <param name="position">The position before the first; null if it is unknown.</param>
    /// <param name="entries">The messages, oldest first.</param>
    void Preload(string? position, IReadOnlyList<RelayedEntry> entries);

    /// <summary>
    /// All that is sent from now on is received. Members that are there already may have missed something before.
    /// </summary>
    void Begin();
}
