using System.Net.WebSockets;
using Krait.Connections;
using Krait.Telemetry;

namespace Krait.Controllers;

/// <summary>
/// Counts the messages of one connection that are over a limit, and refuses those that may not wait: tells [OnError], or closes.
/// </summary>
internal sealed class RateRefusals(
    RateGate gate,
    HandlerCalls calls,
    HandlerTurns turns,
    ConnectionLifetime lifetime,
    ConnectionLog log,
    EndpointTelemetry telemetry)
{
    /// <summary>How a connection ends whose client sends too much.</summary>
    public static CloseInfo Close(RateLimitedException error) =>
        new(WebSocketCloseStatus.PolicyViolation, "Too many messages.", CloseCause.LimitExceeded) { Error = error };

    /// <summary>Counts a message that is over a limit. Call this once for each message that waits, however long.</summary>
    public void Count(RateRule over) => telemetry.Limited(over.Rate.Type?.Name, over.Rate.WhenOver);

    /// <summary>Refuses a message.</summary>
    /// <remarks>
    /// [OnError] hears of the first one only, until a message is within the limit. So a flood costs no memory, and the answers
    /// are not more than the limit allows.
    /// </remarks>
    public void Refuse(RateRule over, TimeSpan retryAfter)
    {
        var isFirst = gate.TryTell(over);
        if (isFirst || over.Rate.WhenOver == WhenOver.Refuse) // one message closes, and those after it do not count
            Count(over);

        if (isFirst)
            Tell(over, retryAfter);
    }

    // This is a separate method, because the closure below is made at its start. It must not be made for every message of a
    // flood.
    private void Tell(RateRule over, TimeSpan retryAfter)
    {
        var error = new RateLimitedException(retryAfter);
        if (over.Rate.WhenOver == WhenOver.Close)
        {
            lifetime.TryEnd(Close(error));
            log.TooManyMessages(error.Message);
            return;
        }

        _ = turns.CallAsync(async () =>
        {
            if (!lifetime.DropsLine)
                await calls.FailAsync(HandlerKind.OnMessage, error, message: null).ConfigureAwait(false);
        });
    }
}
