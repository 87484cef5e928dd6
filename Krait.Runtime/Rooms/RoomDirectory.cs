using System.Collections.Concurrent;
using Krait.Messaging;
using Krait.Telemetry;
using Krait.Transport;
using Microsoft.Extensions.Options;

namespace Krait.Rooms;

/// <summary>The rooms of one type of messages. Thread-safe.</summary>
internal sealed class RoomDirectory<TSend> : IRooms<TSend>, IDisposable
{
    /// <summary>How long a server stays subscribed to a room without members, so that a reload of a page costs nothing.</summary>
    private static readonly TimeSpan SubscriptionLinger = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PublisherLinger = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, RoomMembers> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RoomPublisher> _publishers = new(StringComparer.Ordinal);
    private readonly RoomOptions _options;
    private readonly TimeProvider _time;
    private readonly BackplaneHub? _hub;
    private readonly ITimer? _sweeping;
    private readonly RoomTelemetry _telemetry;
    private volatile ISlowReaderRule<TSend>? _slowReaders;
    private RoomContract<TSend>? _contract;

    public RoomDirectory(
        IOptionsMonitor<RoomOptions> options, TimeProvider? time = null, BackplaneHub? hub = null, KraitMeter? meter = null)
    {
        _telemetry = new(meter ?? new(), typeof(TSend).Name);
        _options = options.Get(NameOfOptions);
        _time = time ?? TimeProvider.System;
        _hub = hub is { IsOn: true } ? hub : null;
        if (_hub is null && _options.History is null)
            return;

        _sweeping = TimerWithoutContext.Create(_time, static directory => ((RoomDirectory<TSend>)directory!).Sweep(), this);
        _sweeping.Change(BetweenSweeps, BetweenSweeps);
    }

    /// <summary>The name of the options of these rooms.</summary>
    public static string NameOfOptions => typeof(TSend).ToString();

    /// <summary>The name of a room among those of all types.</summary>
    public static string ChannelName(string name) => $"{NameOfOptions}/{name}";

    public IReadOnlyCollection<string> Active =>
        [.. _rooms.Where(static room => room.Value.Count > 0).Select(static room => room.Key)];

    public IRoom<TSend> this[string name]
    {
        get
        {
            RoomName.Demand(name);
            return new Room<TSend>(this, name);
        }
    }

    /// <summary>Whether messages go through the backplane.</summary>
    public bool IsShared => _hub is not null;

    private RoomContract<TSend> Contract => Volatile.Read(ref _contract) ?? throw new InvalidOperationException(
        $"Rooms of '{typeof(TSend)}' keep a history or reach over several servers, so Krait must know how to encode their "
        + $"messages: map a controller whose Sends is '{typeof(TSend)}' before you use them.");

    /// <summary>Says how messages are encoded; the first call counts.</summary>
    public void Accept(RoomContract<TSend> contract)
    {
        Interlocked.CompareExchange(ref _contract, contract, null);
        _slowReaders ??= contract.Rules;
    }

    /// <summary>The number of members on this server.</summary>
    public int Count(string name) => _rooms.GetValueOrDefault(name)?.Count ?? 0;

    /// <summary>Lets a connection into a room.</summary>
    public RoomMembership Join(string name, IRoomConnection connection, RoomDelivery? delivery, Resumption? resumption = null)
    {
        // The policies follow from the attributes of the messages' types, so those of any controller are those of all.
        _slowReaders ??= connection.Rules as ISlowReaderRule<TSend>;
        while (true)
        {
            if (Open(name).TryJoin(connection.Outlet, delivery, resumption) is { } member)
                return member;
        }
    }

    /// <summary>Completes when messages that other servers send from now on reach this one.</summary>
    /// <remarks>While they cannot be reached, this does not wait for them.</remarks>
    public Task WhenReady(string name) =>
        _hub is { Engine.IsAvailable: true } ? Open(name).Feed!.Ready : Task.CompletedTask;

    /// <summary>Whether a message that is sent now has a receiver: a member, another server, or the history.</summary>
    public bool NeedsMessages(string name) => _hub is not null || _options.History is not null || _rooms.ContainsKey(name);

    /// <summary>Sends a message without waiting.</summary>
    public void Send(string name, Encoded<TSend> message, string? except)
    {
        using var span = _telemetry.BeginSend();
        if (_hub is not null)
            Publisher(name).Send(Envelop(message, except));
        else
            SendHere(name, message, except);
    }

    /// <summary>Sends a message, and completes when it is on its way.</summary>
    public ValueTask SendAsync(string name, Encoded<TSend> message, string? except, CancellationToken cancellationToken)
    {
        if (_hub is not null)
            return new(PublishAsync(name, message, except, cancellationToken));

        using var span = _telemetry.BeginSend();
        SendHere(name, message, except);
        return default;
    }

    public void Dispose() => _sweeping?.Dispose();

    private async Task PublishAsync(string name, Encoded<TSend> message, string? except, CancellationToken cancellationToken)
    {
        using var span = _telemetry.BeginSend();
        var publishing = Publisher(name).SendAsync(Envelop(message, except));
        await publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void SendHere(string name, Encoded<TSend> message, string? except)
    {
        if (_options.History is null)
        {
            if (_rooms.TryGetValue(name, out var room))
                room.Send(Prepare(message), except);

            return;
        }

        var position = RoomPositions.Next();
        var prepared = Prepare(Positioned(message, position));
        while (!Open(name).Send(prepared, except, position))
        {
            // The room was given up at this moment.
        }
    }

    private Encoded<TSend> Positioned(Encoded<TSend> message, string position) =>
        Contract.WithPosition is { } withPosition && !message.IsBytes
            ? Encoded.Create(withPosition(message.Message, position))
            : message;

    /// <summary>Makes a message ready to be sent.</summary>
    private RoomMessage Prepare(Encoded<TSend> message) =>
        new(message, message.IsBytes ? default : _slowReaders?.PolicyOf(message.Message) ?? default);

    private byte[] Envelop(Encoded<TSend> message, string? except)
    {
        var contract = Contract;
        var encoded = ((IEncodedMessage)message).For(contract.Encoder, contract.Protocol);
        if (encoded.Payload.Length > _options.MaxMessageSize)
            throw new ArgumentException(
                $"The message takes {encoded.Payload.Length} bytes, and RoomOptions.MaxMessageSize is {_options.MaxMessageSize}.",
                nameof(message));

        return RoomEnvelope.Write(contract.CodecId, encoded.Type, except, encoded.Payload.Span);
    }

    private RoomPublisher Publisher(string name) => _publishers.GetOrAdd(
        name,
        static (name, directory) => new(directory.Channel(name), directory._hub!, directory._options.WhenUnavailable),
        this);

    private RoomChannel Channel(string name) => new(ChannelName(name), _options.History);

    /// <summary>Finds a room, or makes it.</summary>
    private RoomMembers Open(string name)
    {
        var room = _rooms.GetOrAdd(name, static (name, directory) => directory.Make(name), this);
        if (_hub is not null && room.Feed is null)
            OpenFeed(room, _hub);

        return room;
    }

    private RoomMembers Make(string name)
    {
        var history = _options.History;
        var log = new RoomLog(history, _time, history is null || _hub is not null ? null : RoomPositions.Next());
        return new(name, _options, log, Forget)
        {
            Telemetry = _telemetry,
            Canonical = history is null ? null : Contract.Codec,
            Linger = _hub is not null ? new(SubscriptionLinger, AfterMessages: false)
                : history is not null ? new(history.Age, AfterMessages: true)
                : null,
        };
    }

    private void OpenFeed(RoomMembers room, BackplaneHub hub)
    {
        var feed = new RoomFeed(Channel(room.Name), hub, new RoomInbox<TSend>(room, Contract, hub));
        if (room.TrySetFeed(feed))
            hub.Open(feed);
        else
            feed.Dispose();
    }

    private void Forget(RoomMembers room)
    {
        if (room.Feed is { } feed)
            _hub!.Close(feed); // first, so that a new room of the name waits for the end of this one's subscription

        _rooms.TryRemove(new(room.Name, room));
    }

    private void Sweep()
    {
        foreach (var room in _rooms.Values)
            room.Sweep();

        foreach (var publisher in _publishers)
        {
            if (publisher.Value.IsQuiet(PublisherLinger))
                _publishers.TryRemove(publisher);
        }
    }
}
