using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>How long servers with many rooms take until they hear each other again, after Redis has started again.</summary>
internal static class Restarts
{
    private const int MembersHere = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static void Run(BroadcastOptions options, RedisServer redis)
    {
        var shelves = options.MembersOr(20_000) / Seats.RoomsOfShelf;
        var rooms = shelves * Seats.RoomsOfShelf;
        var samples = new Samples(
            $"{rooms} rooms on each of {options.Servers} servers",
            new("seconds until all rooms are subscribed to", "N2"),
            new("until a message arrives everywhere", "N2"));
        var contenders = options.ContendersOr("krait", "krait-history").Where(static contender => contender.IsKrait);
        samples.Collect("Restart", options.Starts, contenders, contender => Measure(contender, shelves, options.Servers, redis));
        Console.WriteLine(samples.ToTable("krait"));
    }

    private static double?[] Measure(BroadcastContender contender, int shelves, int servers, RedisServer redis)
    {
        var rooms = shelves * Seats.RoomsOfShelf;
        using var hall = Hall.Open(contender, MembersHere * servers, messageSize: 128, servers);
        using var members = new Audience(hall.Server.Port, contender.Take(Seats.Members), count: 0);
        foreach (var server in hall.Servers)
            members.AddAll([.. Enumerable.Range(0, shelves).Select(i => (server.Port, contender.Take($"{Seats.Shelf}{i}")))]);

        foreach (var server in hall.Servers)
            Hall.AwaitMemberships(server, MembersHere + rooms);

        Await(() => redis.CountSubscriptions() >= rooms * servers);
        hall.RunClosed(burst: 1, TimeSpan.FromSeconds(1));

        redis.Restart();
        var began = Stopwatch.GetTimestamp();
        Await(() => redis.CountSubscriptions() >= rooms * servers);
        var subscribed = Stopwatch.GetElapsedTime(began);
        AwaitMessage(hall);
        return [subscribed.TotalSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds];
    }

    /// <summary>Sends until all members have got one message.</summary>
    private static void AwaitMessage(Hall hall)
    {
        var before = hall.Audience.Received;
        var began = Stopwatch.GetTimestamp();
        while (hall.Audience.Received < before + hall.Audience.Count)
        {
            hall.Server.Tell($"{Publisher.TickOrder} 1");
            hall.Audience.Listen(milliseconds: 20);
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException("No message arrives.");
        }
    }

    private static void Await(Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException("Not all rooms are subscribed to.");

            Thread.Sleep(20);
        }
    }
}
