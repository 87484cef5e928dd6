using System.Net.WebSockets;
using Krait.Telemetry.Traffic;
using Krait.Transport;

namespace Krait.Messaging;

/// <summary>Logs the messages that one connection sends. Thread-safe.</summary>
internal sealed class SentTraffic<T>(TrafficLog log, TrafficRules<T> rules, PayloadMask mask)
{
    /// <summary>Describes a message before the queue takes it.</summary>
    public TrafficLine Describe(T message, in OutgoingFrame frame)
    {
        var (isText, payload) = frame.Content;
        return rules.Describe(message, isText, payload.Span, mask);
    }

    /// <summary>Describes a message that encodes itself. Of bytes from elsewhere, only the size is known.</summary>
    public TrafficLine Describe(IEncodedMessage message, in OutgoingFrame frame) => message.Content is T known
        ? Describe(known, frame)
        : TrafficLine.Unknown(frame.Content.Payload.Length);

    /// <summary>Logs a message of a room. Called under the output's lock.</summary>
    public void SentByRoom(IEncodedMessage message, SharedMessage encoded) => log.Sent(message.Content is T known
        ? rules.Describe(known, encoded.Type == WebSocketMessageType.Text, encoded.Payload.Span, mask)
        : TrafficLine.Unknown(encoded.Payload.Length));

    public void Sent(TrafficLine line) => log.Sent(line);
}
