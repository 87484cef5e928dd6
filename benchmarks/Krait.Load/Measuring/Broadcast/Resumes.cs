using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>How long many clients take to come back to a room, and to get the messages that they missed.</summary>
internal static class Resumes
{
    private const int Missed = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void Run(BroadcastOptions options)
    {
        var clients = options.MembersOr(10_000);
        var samples = new Samples(
            $"{clients} clients that missed {Missed} messages of 128 B, {options.Servers} servers",
            new("seconds until all have them", "N2"),
            new("CPU s of the servers", "N2"));
        var contenders = options.ContendersOr("krait-history").Where(static contender => contender.Server == "rooms-history");
        samples.Collect("Resume", options.Starts, contenders, contender => Measure(contender, clients, options.Servers));
        Console.WriteLine(samples.ToTable("krait-history"));
    }

    private static double?[] Measure(BroadcastContender contender, int clients, int servers)
    {
        using var hall = Hall.Open(contender, members: servers, messageSize: 128, servers);
        var seat = $"{Seats.Feed}?at={Leave(hall)}";
        hall.Server.Tell($"{Publisher.PostOrder} {Missed}");
        hall.Server.AskUntil(Publisher.Published, static published => published == Missed + 1, Patience);

        var (cpu, began) = (hall.ProcessorTime, Stopwatch.GetTimestamp());
        using var audience = new Audience(hall.Server.Port, contender.Take(seat), count: 0);
        audience.AddAll([.. Enumerable.Range(0, clients).Select(i => (hall.Servers[i % servers].Port, contender.Take(seat)))]);
        while (audience.Received < (long)clients * Missed)
        {
            audience.Listen(Hall.LongestSleepMilliseconds);
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Only {audience.Received} of {(long)clients * Missed} messages have come.");
        }

        return [Stopwatch.GetElapsedTime(began).TotalSeconds, (hall.ProcessorTime - cpu).TotalSeconds];
    }

    /// <summary>Gets one message, leaves, and returns the position of the message.</summary>
    private static string Leave(Hall hall) => LeaveAsync(hall).GetAwaiter().GetResult();

    private static async Task<string> LeaveAsync(Hall hall)
    {
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new($"ws://localhost:{hall.Server.Port}{Seats.Feed}"), CancellationToken.None);
        hall.Server.AskUntil(Publisher.Memberships, static count => count == 2, Patience);
        hall.Server.Tell($"{Publisher.PostOrder} 1");
        var buffer = new byte[1024];
        var message = await client.ReceiveAsync(buffer, CancellationToken.None);
        return JsonDocument.Parse(buffer.AsMemory(0, message.Count)).RootElement.GetProperty("at").GetString()!;
    }
}
