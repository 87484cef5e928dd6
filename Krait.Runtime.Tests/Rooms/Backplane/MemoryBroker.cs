using System.Globalization;

namespace Krait.Runtime.Tests.Rooms.Backplane;

/// <summary>An engine in memory that several servers of a test share, and that the test can break. Thread-safe.</summary>
/// <param name="time">The clock of leases.</param>
internal sealed class MemoryBroker(TimeProvider? time = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<BackplaneMessage>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _heads = new(StringComparer.Ordinal);
    private readonly List<MemoryBackplane> _servers = [];
    private readonly MemoryPresence _presence = new(time ?? TimeProvider.System);
    private int _last;

    /// <summary>Whether nothing can be reached.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many times a history was read.</summary>
    public int Reads { get; private set; }

    /// <summary>How many subscriptions were made.</summary>
    public int Subscriptions { get; private set; }

    public MemoryBackplane Connect()
    {
        var server = new MemoryBackplane(this);
        lock (_lock)
            _servers.Add(server);

        return server;
    }

    /// <summary>Forgets the newest messages of every channel, as a failover may.</summary>
    public void LoseTail(int count)
    {
        lock (_lock)
        {
            foreach (var (channel, stream) in _streams)
            {
                stream.RemoveRange(Math.Max(0, stream.Count - count), Math.Min(count, stream.Count));
                _heads[channel] = stream.Count > 0 ? stream[^1].Position : null;
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void LoseAll()
    {
        lock (_lock)
        {
            _streams.Clear();
            _heads.Clear();
            _presence.Clear();
        }
    }

    /// <summary>Asks for who is in rooms, or changes that.</summary>
    public T Ask<T>(Func<MemoryPresence, T> question)
    {
        lock (_lock)
        {
            Demand();
            return question(_presence);
        }
    }

    public void Publish(RoomChannel channel, ReadOnlyMemory<byte> payload)
    {
        lock (_lock)
        {
            Demand();
            var message = channel.History is null ? new(payload, null, null) : Store(channel, payload);
            foreach (var server in _servers)
                server.Deliver(channel, message);
        }
    }

    public IReadOnlyList<BackplaneMessage> Read(RoomChannel channel, string? after, int most)
    {
        lock (_lock)
        {
            Demand();
            Reads++;
            var stream = _streams.GetValueOrDefault(channel.Name, []);
            var index = stream.FindIndex(message => message.Position == after);
            return [.. stream.Skip(index + 1).TakeLast(most)];
        }
    }

    public void CountSubscription()
    {
        lock (_lock)
        {
            Demand();
            Subscriptions++;
        }
    }

    private BackplaneMessage Store(RoomChannel channel, ReadOnlyMemory<byte> payload)
    {
        if (!_streams.TryGetValue(channel.Name, out var stream))
            _streams[channel.Name] = stream = [];

        var position = (++_last).ToString(CultureInfo.InvariantCulture);
        var message = new BackplaneMessage(payload, position, _heads.GetValueOrDefault(channel.Name));
        _heads[channel.Name] = position;
        stream.Add(message);
        if (stream.Count > channel.History!.Length)
            stream.RemoveAt(0);

        return message;
    }

    private void Demand()
    {
        if (IsDown)
            throw new InvalidOperationException("The broker is down.");
    }
}

/// <summary>The connection of one server to a <see cref="MemoryBroker"/>.</summary>
internal sealed class MemoryBackplane(MemoryBroker broker) : IRoomBackplane, IPresenceStore
{
    private readonly Dictionary<string, IBackplaneSink> _sinks = new(StringComparer.Ordinal);
    private int _lists;

    public bool IsAvailable => !broker.IsDown && !IsCutOff;

    /// <summary>Whether this server reaches nothing, while the others go on: messages do not arrive, and calls fail.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Whether messages do not arrive, although everything else works.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>How many messages of rooms are dropped before the next one arrives.</summary>
    public int Drops { get; set; }

    public int Reconnects { get; private set; }

    /// <summary>How many times this server has asked who is in a room.</summary>
    public int Lists => Volatile.Read(ref _lists);

    /// <summary>The end of a subscription waits for this.</summary>
    public Task Unsubscribing { get; set; } = Task.CompletedTask;

    /// <summary>How many heartbeats have arrived.</summary>
    public int Beats { get; private set; }

    public bool Subscribed(string room)
    {
        lock (_sinks)
            return _sinks.Keys.Any(channel => channel.EndsWith("/" + room, StringComparison.Ordinal));
    }

    public ValueTask PublishAsync(RoomChannel channel, ReadOnlyMemory<byte> payload)
    {
        Demand();
        broker.Publish(channel, payload);
        return default;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(RoomChannel channel, IBackplaneSink sink, CancellationToken cancellationToken)
    {
        Demand();
        broker.CountSubscription();
        lock (_sinks)
            _sinks.Add(channel.Name, sink);

        return new(new Subscription(this, channel.Name));
    }

    public ValueTask<IReadOnlyList<BackplaneMessage>> ReadAsync(
        RoomChannel channel, string? after, int most, CancellationToken cancellationToken)
    {
        Demand();
        return new(broker.Read(channel, after, most));
    }

    public ValueTask WriteAsync(RoomChannel channel, IReadOnlyList<PresenceEntry> entries, CancellationToken cancellationToken)
    {
        Demand();
        broker.Ask(presence => presence.Write(channel.Name, entries));
        return default;
    }

    public ValueTask<IReadOnlyList<PresenceEntry>> ListAsync(RoomChannel channel, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _lists);
        Demand();
        return new(broker.Ask(presence => presence.List(channel.Name)));
    }

    public ValueTask<bool> RenewAsync(string server, TimeSpan time, CancellationToken cancellationToken)
    {
        Demand();
        return new(broker.Ask(presence => presence.Renew(server, time)));
    }

    public ValueTask<IReadOnlyList<string>> FindEndedAsync(IReadOnlyList<string> servers, CancellationToken cancellationToken)
    {
        Demand();
        return new(broker.Ask(presence => presence.FindEnded(servers)));
    }

    public ValueTask ReconnectAsync(CancellationToken cancellationToken)
    {
        Reconnects++;
        IsDeaf = false;
        CatchUp();
        return default;
    }

    /// <summary>The connection works again after an interruption.</summary>
    public void CatchUp()
    {
        lock (_sinks)
        {
            foreach (var sink in _sinks.Values)
                sink.CatchUp();
        }
    }

    public void Deliver(RoomChannel channel, BackplaneMessage message)
    {
        lock (_sinks)
        {
            if (IsDeaf || IsCutOff || !_sinks.TryGetValue(channel.Name, out var sink))
                return;

            var isBeat = channel.Name.StartsWith("krait/", StringComparison.Ordinal);
            Beats += isBeat ? 1 : 0;
            if (Drops > 0 && !isBeat)
                Drops--;
            else
                sink.Deliver(message);
        }
    }

    private void Demand()
    {
        if (IsCutOff)
            throw new InvalidOperationException("The server is cut off.");
    }

    private sealed class Subscription(MemoryBackplane server, string channel) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await server.Unsubscribing;
            lock (server._sinks)
                server._sinks.Remove(channel);
        }
    }
}
