using System.Collections.Concurrent;

namespace Krait.Rooms;

/// <summary>
/// Sends a heartbeat to all servers, this one included. So the server notices when its connection no longer brings messages, and
/// when the last message of a room was lost. Thread-safe.
/// </summary>
internal sealed class BackplanePulse : IBackplaneSink, IDisposable
{
    /// <summary>The time between two heartbeats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const int MostClaims = 1000;

    private static readonly TimeSpan LongestSilence = Interval * 12;

    /// <summary>After so many heartbeats that it does not hear, a server replaces its connection.</summary>
    private const int MostUnheard = 2;

    private static readonly RoomChannel s_channel = new("krait/heartbeat", null);

    private readonly BackplaneHub _hub;
    private readonly ulong _server = BackplaneHub.NewPublisher();
    private readonly ConcurrentQueue<RoomPublisher> _claims = new();
    private readonly ConcurrentDictionary<ulong, HeardBeat> _heardBeats = new();
    private readonly CancellationTokenSource _disposing = new();
    private Task _beating = Task.CompletedTask;
    private int _started;
    private long _heard;
    private long _sentNumber; // of the last heartbeat of this server
    private long _sentAt; // as a timestamp

    public BackplanePulse(BackplaneHub hub) => _hub = hub;

    /// <summary>Completes when it has ended after its disposal.</summary>
    public Task Completion => _beating;

    /// <summary>Begins, if it has not begun.</summary>
    public void Start()
    {
        if (_disposing.IsCancellationRequested || Volatile.Read(ref _started) != 0 || Interlocked.Exchange(ref _started, 1) != 0)
            return;

        _beating = BackplaneHub.RunWithoutContext(BeatAsync);
    }

    /// <summary>Lets the next heartbeat tell which messages a publisher has sent.</summary>
    public void Claim(RoomPublisher publisher) => _claims.Enqueue(publisher);

    /// <inheritdoc/>
    public void Deliver(BackplaneMessage message)
    {
        if (!BackplaneBeat.TryRead(message.Payload.Span, out var beat))
        {
            _hub.CountUnknown(s_channel.Name);
            return;
        }

        if (beat.Server == _server)
            HearOwn((long)beat.Number);

        // Messages of a room may still be on their way in this process. By the next heartbeat they have come.
        var isKnown = _heardBeats.TryGetValue(beat.Server, out var before);
        var isNext = isKnown && beat.Number <= before.Number + 1;
        _heardBeats[beat.Server] = new(beat.Number, beat.Claims, _hub.Time.GetTimestamp())
        {
            Since = isNext ? before.Time : null,
        };
        Expect(before);
        if (isKnown && !isNext)
            _hub.Doubt();
    }

    /// <inheritdoc/>
    public void CatchUp() => _hub.Meter.BackplaneReconnects.Add(1); // the next heartbeat will come

    public void Dispose() => _disposing.Cancel();

    private void HearOwn(long number)
    {
        Volatile.Write(ref _heard, number);
        if (number == Volatile.Read(ref _sentNumber))
            _hub.Meter.BackplaneLag.Record(_hub.Time.GetElapsedTime(Volatile.Read(ref _sentAt)).TotalSeconds);
    }

    private async Task BeatAsync()
    {
        var subscription = await _hub.RetryAsync(
            token => _hub.Engine.SubscribeAsync(s_channel, this, token), _disposing.Token).ConfigureAwait(false);
        await using (subscription.ConfigureAwait(false))
        {
            using var timer = new PeriodicTimer(Interval, _hub.Time);
            var unheard = 0;
            var number = 1L;
            while (await timer.WaitForNextTickAsync(_disposing.Token).ConfigureAwait(false))
            {
                var isSent = await TryBeatAsync(number).ConfigureAwait(false);
                unheard = isSent && Volatile.Read(ref _heard) < number - 1 ? unheard + 1 : 0;
                number += isSent ? 1 : 0; // others take a number that does not come for a heartbeat that they missed
                if (unheard < MostUnheard)
                    continue;

                unheard = 0;
                await ReconnectAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> TryBeatAsync(long number)
    {
        ForgetServers();
        var publishers = new List<RoomPublisher>();
        while (publishers.Count < MostClaims && _claims.TryDequeue(out var publisher))
            publishers.Add(publisher);

        try
        {
            var claims = publishers.Select(static publisher => publisher.TakeClaim()).ToList();
            var beat = new BackplaneBeat(_server, (ulong)number, claims).Write();
            Volatile.Write(ref _sentAt, _hub.Time.GetTimestamp());
            Volatile.Write(ref _sentNumber, number);
            await _hub.PublishAsync(s_channel, beat).ConfigureAwait(false);
            _hub.NoteReachable();
            return true;
        }
        catch (Exception e) when (!_disposing.IsCancellationRequested)
        {
            _hub.NoteUnreachable(e);
            publishers.ForEach(static publisher => publisher.Claim());
            return false;
        }
    }

    private void Expect(in HeardBeat beat)
    {
        foreach (var (channel, publisher, counter) in beat.Claims ?? [])
            _hub.Find(channel)?.Expect(publisher, counter, beat.Since);
    }

    private void ForgetServers()
    {
        foreach (var (server, beat) in _heardBeats)
        {
            if (server == _server || _hub.Time.GetElapsedTime(beat.Time) <= LongestSilence)
                continue;

            if (_heardBeats.TryRemove(server, out var last))
                Expect(last); // no further heartbeat does it
        }
    }

    private async Task ReconnectAsync()
    {
        _hub.Log.Deaf();
        try
        {
            var reconnecting = _hub.Engine.ReconnectAsync(_disposing.Token).AsTask();
            await reconnecting.WaitAsync(BackplaneHub.CallTimeout, _hub.Time).ConfigureAwait(false);
        }
        catch (Exception e) when (!_disposing.IsCancellationRequested)
        {
            _hub.NoteUnreachable(e);
        }
    }

    private readonly record struct HeardBeat(ulong Number, IReadOnlyList<PublishedClaim>? Claims, long Time)
    {
        /// <summary>
        /// When the heartbeat before this one came; null if it was not heard. The claimed messages were sent later.
        /// </summary>
        public long? Since { get; init; }
    }
}
