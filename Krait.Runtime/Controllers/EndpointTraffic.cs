using Krait.CompilerServices;
using Krait.Messaging;
using Krait.Telemetry.Traffic;
using Microsoft.Extensions.Logging;

namespace Krait.Controllers;

/// <summary>The log of the messages of one endpoint. Thread-safe.</summary>
internal sealed class EndpointTraffic<TSelf, TReceive, TSend>(
    ILogger logger, ControllerDescriptor<TSelf, TReceive, TSend> descriptor)
    where TSelf : class
{
    private readonly TrafficRules<TReceive> _received = new(
        descriptor.ReceivedCases, descriptor.ReceivedCase, descriptor.HidesReceived, descriptor.HidesTraffic);

    private readonly TrafficRules<TSend> _sent = new(
        descriptor.SentCases, descriptor.SentCase, descriptor.HidesSent, descriptor.HidesTraffic);

    /// <summary>The log of a new connection; null if it is turned off.</summary>
    public TrafficLog? Begin(string connectionId) => logger.IsEnabled(LogLevel.Trace) ? new(logger, connectionId) : null;

    public ReceivedTraffic<TReceive> Received(TrafficLog log, ConnectionCodecs<TReceive, TSend> codecs) =>
        new(log, _received, MaskOf(codecs.Decoder));

    public SentTraffic<TSend> Sent(TrafficLog log, ConnectionCodecs<TReceive, TSend> codecs) =>
        new(log, _sent, MaskOf(codecs.Encoder));

    private static PayloadMask MaskOf(object codec) => (codec as IMaskedCodec)?.Mask ?? PayloadMask.None;
}
