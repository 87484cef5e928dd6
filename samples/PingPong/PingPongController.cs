using System.Security.Cryptography;
using Krait;

namespace PingPong;

/// <summary>Answers every text with a pong, and pings by itself.</summary>
/// <remarks>Queue delivery: messages wait in <see cref="Messages"/> until the controller is ready for them.</remarks>
[WebSocketController("/pingpong", Protocols = "pingpong", Delivery = MessageDelivery.Queue)]
public sealed partial class PingPongController(TimeProvider clock, ILogger<PingPongController> logger)
{
    private const string Ping = "PING: ";
    private const string Pong = "PONG: ";
    private const string Symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(5);

    // The text of the last ping; null once the client has answered. One loop writes it, and the other reads it.
    private volatile string? awaited;

    [Run]
    private Task RunAsync(CancellationToken stopping) => Task.WhenAll(PingAsync(stopping), AnswerAsync(stopping));

    private async Task AnswerAsync(CancellationToken stopping)
    {
        await foreach (var message in Messages.ReadAllAsync(stopping))
        {
            if (message.StartsWith(Pong, StringComparison.Ordinal))
                TakePong(message[Pong.Length..]);
            else
                await SendAsync(Pong + message, stopping);
        }
    }

    private async Task PingAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(PingInterval, clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (awaited is not null)
                LogNoPong(Connection.ConnectionId, awaited);

            awaited = RandomNumberGenerator.GetString(Symbols, RandomNumberGenerator.GetInt32(5, 11));
            await SendAsync(Ping + awaited, stopping);
        }
    }

    private void TakePong(string answer)
    {
        if (answer == awaited)
            awaited = null;
        else
            LogWrongPong(Connection.ConnectionId, awaited);
    }

    [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} has not answered the ping {Ping}.")]
    private partial void LogNoPong(string connectionId, string ping);

    [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} sent a pong that does not answer the ping {Ping}.")]
    private partial void LogWrongPong(string connectionId, string? ping);
}
