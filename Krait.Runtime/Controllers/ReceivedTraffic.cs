using System.Net.WebSockets;
using Krait.Telemetry.Traffic;

namespace Krait.Controllers;

/// <summary>Logs the messages that one connection receives. Thread-safe.</summary>
internal sealed class ReceivedTraffic<T>(TrafficLog log, TrafficRules<T> rules, PayloadMask mask)
{
    public void Message(T message, WebSocketMessageType type, ReadOnlyMemory<byte> payload) =>
        log.Received(rules.Describe(message, type == WebSocketMessageType.Text, payload.Span, mask));

    /// <summary>Logs a binary message next to messages of text.</summary>
    public void Binary(ReadOnlyMemory<byte> payload) => log.Received(rules.DescribeBinary(payload.Span));

    /// <summary>Logs a message that cannot be read, and so may hold a secret anywhere.</summary>
    public void Unreadable(int size) => log.Received(TrafficLine.Unknown(size));
}
