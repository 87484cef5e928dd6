namespace Krait.Rooms;

/// <summary>
/// Brings the members of other servers into a roster, and the members of this server to the others. Thread-safe.
/// </summary>
/// <remarks>
/// The news of other servers change the roster at once. If news are missing, it reads the whole list. A server sends news after
/// the store has them, so the list contains all news that came before the read began. News that come during the read are applied
/// after it.
/// </remarks>
internal sealed class RosterLink<TMember> : IRosterLink, IRoomInbox, ISharedRoster, IDisposable
    where TMember : class
{
    private static readonly TimeSpan SubscriptionLinger = TimeSpan.FromSeconds(30);

    private readonly Roster<TMember> _roster;
    private readonly RoomChannel _channel;
    private readonly PresenceServer _server;
    private readonly MemberCodec<TMember> _codec;
    private readonly RoomFeed _feed;
    private readonly PresenceWriter _writer;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new(); // news and lists change the roster one after another
    private List<(PresenceEntry, PresentMember<TMember>?)>? _arrived; // during a read
    private bool _isLoading;
    private bool _loadsAgain;

    public RosterLink(Roster<TMember> roster, RoomChannel channel, PresenceServer server, MemberCodec<TMember> codec)
    {
        (_roster, _channel, _server, _codec) = (roster, channel, server, codec);
        _feed = new(channel, server.Hub, this);
        _writer = new(channel, server);
    }

    public bool IsBusy => _writer.IsBusy;

    /// <summary>Completes when the members on other servers are known.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Lists the members of a room of which this server has no roster.</summary>
    /// <exception cref="RoomUnavailableException">The engine cannot be reached.</exception>
    public static async Task<IReadOnlyList<TMember>> ListOnceAsync(
        RoomChannel channel, PresenceServer server, MemberCodec<TMember> codec, CancellationToken cancellationToken)
    {
        try
        {
            var list = await server.Hub.CallAsync(token => server.ListAsync(channel, token), cancellationToken)
                .ConfigureAwait(false);
            return [.. list.Entries.Select(entry => codec.Decode((entry.Payload ?? default).Span)).OfType<TMember>()];
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RoomUnavailableException("The members on other servers are not known: " + e.Message, e);
        }
    }

    public void Open()
    {
        _server.Add(this);
        _server.Hub.Open(_feed);
    }

    public void Dispose()
    {
        _server.Remove(this);
        ThreadPool.UnsafeQueueUserWorkItem(static closing => closing.Cancel(), _closing, preferLocal: false); // outside locks
        _ready.TrySetResult();
        _server.Hub.Close(_feed);
    }

    public void Tell(string connection, ReadOnlyMemory<byte>? encoded) => _writer.Set(connection, encoded);

    public void CollectServers(ISet<string> servers) => _roster.CollectServers(servers);

    public void ForgetServers(IReadOnlySet<string> servers)
    {
        _roster.Forget(servers);
        RequestList(); // removes the entries that the store still has of them
    }

    public void WriteAgain() => _writer.WriteAgain();

    public void RetireIfUnused() => _roster.RetireIfUnusedFor(SubscriptionLinger);

    public Task WhenTold() => _writer.WhenIdle();

    void IRoomInbox.Begin() => RequestList();

    void IRoomInbox.ReceiveGap(long missing) => RequestList();

    void IRoomInbox.Reconnected()
    {
        _server.Reconnected();
        RequestList();
    }

    void IRoomInbox.Preload(string? position, IReadOnlyList<RelayedEntry> entries)
    {
        // The channel has no history.
    }

    void IRoomInbox.Receive(RelayedEntry entry)
    {
        if (entry.Envelope.Codec != PresenceNews.Codec || !PresenceNews.TryRead(entry.Envelope.Payload, out var news))
        {
            _server.Hub.CountUnknown(_channel.Name);
            RequestList();
            return;
        }

        var changes = Decode(news); // runs code of the application, so not under the lock
        lock (_lock)
        {
            if (_arrived is null)
                _roster.Apply(changes);
            else
                _arrived.AddRange(changes);
        }
    }

    private void RequestList()
    {
        lock (_lock)
        {
            _loadsAgain = _isLoading;
            if (_isLoading)
                return;

            _isLoading = true;
        }

        _ = BackplaneHub.RunWithoutContext(ListAsync);
    }

    private async Task ListAsync()
    {
        // Without the server's token, reads would be tried for ever after the application has ended.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, _server.Disposing);
        bool loadsAgain;
        do
        {
            lock (_lock)
                (_arrived, _loadsAgain) = ([], false);

            var list = await _server.Hub.RetryAsync(
                token => _server.ListAsync(_channel, token), ending.Token).ConfigureAwait(false);
            _writer.RemoveStrays(list.Entries.Where(entry => _server.IsMine(entry.Server)));
            var members = Decode(list);
            lock (_lock)
            {
                _roster.Replace(members, isFirst: !Ready.IsCompleted, list.IsComplete);
                _roster.Apply(_arrived);
                _arrived = null;
                _isLoading = loadsAgain = _loadsAgain || !list.IsComplete;
            }

            _ready.TrySetResult();
            await _server.WhenRepairedAsync(ending.Token).ConfigureAwait(false); // then check which members are really gone
        }
        while (loadsAgain);
    }

    private Dictionary<string, PresentMember<TMember>> Decode(PresenceList list)
    {
        var members = new Dictionary<string, PresentMember<TMember>>(StringComparer.Ordinal);
        foreach (var entry in list.Entries.Where(entry => !_server.IsMine(entry.Server)))
        {
            if (Decode(entry) is { } member)
                members[entry.Connection] = member;
        }

        return members;
    }

    private List<(PresenceEntry Entry, PresentMember<TMember>? Member)> Decode(List<PresenceEntry> news) =>
    [
        .. news.Where(entry => !_server.IsMine(entry.Server))
            .Select(entry => (Entry: entry, Member: Decode(entry)))
            .Where(static change => change.Entry.Payload is null || change.Member is not null),
    ];

    private PresentMember<TMember>? Decode(PresenceEntry entry)
    {
        if (entry.Payload is not { } payload)
            return null;

        if (_codec.Decode(payload.Span) is { } member)
            return new(member, payload) { Server = entry.Server };

        _server.Hub.CountUnknown(_channel.Name); // of another version of the application
        return null;
    }
}
