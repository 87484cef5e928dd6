using Krait.CompilerServices;
using Krait.Connections;
using Krait.Messaging;
using Krait.Rooms;
using Krait.Telemetry;
using Krait.Upgrading;

namespace Krait.Controllers;

/// <summary>
/// Makes the sessions of one endpoint. Only this and <see cref="ControllerHandlers{TSelf, TReceive, TSend}"/>
/// know the types of its messages. Thread-safe.
/// </summary>
internal sealed class SessionFactory<TSelf, TReceive, TSend>
    where TSelf : class
{
    private readonly ControllerDescriptor<TSelf, TReceive, TSend> _descriptor;
    private readonly CodecChoice<TSelf, TReceive, TSend> _codecs;
    private readonly MessageTelemetry<TReceive> _received;
    private readonly MessageTelemetry<TSend> _sent;
    private readonly EndpointTraffic<TSelf, TReceive, TSend> _traffic;
    private readonly Lazy<string?> _missingService;
    private readonly RateRules? _rates;

    /// <summary>Prepares everything that is the same for all connections.</summary>
    /// <exception cref="InvalidOperationException">A limit is negative, or the codecs cannot be made.</exception>
    public SessionFactory(ControllerDescriptor<TSelf, TReceive, TSend> descriptor, IServiceProvider services)
    {
        _descriptor = descriptor;
        Settings = EndpointSettings.Of(descriptor, services);
        _codecs = new(descriptor, services);
        _received = new(Settings.Telemetry, "receive", descriptor.ReceivedCases, descriptor.ReceivedCase)
        {
            TraceParent = descriptor.TraceParent,
        };
        _sent = new(Settings.Telemetry, "transmit", descriptor.SentCases, descriptor.SentCase);
        _traffic = new(Settings.Traffic, descriptor);
        _rates = RateRules.Of(typeof(TSelf), descriptor.RateLimits, services);
        _missingService = new(() => FindMissing(descriptor.HandlerServices, services));
    }

    public EndpointSettings Settings { get; }

    /// <summary>How rooms encode the messages of this endpoint where no connection says it.</summary>
    public RoomContract<TSend> Contract => new(_codecs.Preferred.Encoder, _codecs.Preferred.Protocol, _descriptor.SendRules)
    {
        Decoder = _codecs.Preferred.SentDecoder,
        WithPosition = _descriptor.WithPosition,
    };

    /// <summary>
    /// Makes sure that messages of a subprotocol can be read and handled, while the request can still be refused.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// There are no codecs for it, or a service that a handler takes is not registered.
    /// </exception>
    public void Demand(string? protocol)
    {
        _ = _codecs.Of(protocol);
        if (_missingService.Value is { } sentence)
            throw new UpgradeSetupException($"{sentence} Register it, or let the handler take it as nullable.");
    }

    public ConnectionSession Create(in Upgraded<TSelf, TSend> upgraded)
    {
        var budget = new ReceiveBudget(Settings.ReceiveQueueCapacity, Settings.ReceiveBufferSize);
        var lifetime = new ConnectionLifetime(Settings.Logger);
        var handlers = new ControllerHandlers<TSelf, TReceive, TSend>(
            _descriptor, _codecs.Of(upgraded.Protocol), Settings, upgraded, budget, lifetime, _received, _sent, _traffic);
        return new(Settings, upgraded.Transport, upgraded.Scope, handlers, budget, lifetime, GateOf(handlers));
    }

    private RateGate? GateOf(HandlerTable handlers)
    {
        if (_rates is null)
            return null;

        var client = _rates.HasShared ? ClientPartition.UserOf(handlers.Connection.HttpContext) : default;
        return new(_rates, client, handlers, Settings.TimeProvider);
    }

    private static string? FindMissing(IReadOnlyList<HandlerService> wanted, IServiceProvider services) =>
        wanted.FirstOrDefault(service => !service.IsRegistered(services)) is { Type: not null } missing ? missing.Missing : null;
}
