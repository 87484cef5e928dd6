using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>
/// What the server's heap holds of a membership in which nothing happens, above what it holds of the connection.
/// </summary>
internal static class Memberships
{
    private static readonly (int Connections, int Rooms)[] Shapes = [(1000, 100), (2000, 1)];

    public static void Run(BroadcastOptions options)
    {
        foreach (var (connections, rooms) in options.IsQuick ? Shapes[..1] : Shapes)
        {
            var count = options.IsQuick ? connections / 10 : connections;
            var samples = new Samples(
                $"{count} connections, rooms of each: {rooms}",
                new("heap bytes/connection without"),
                new("with"),
                new("heap bytes/membership", "N1", IsCompared: true));
            var contenders = options.ContendersOr("krait", BroadcastContender.SignalR).Where(contender => contender.HasRooms);
            samples.Collect("Idle memberships", options.Starts, contenders, contender => Measure(contender, count, rooms));
            Console.WriteLine(samples.ToTable(BroadcastContender.SignalR));
        }
    }

    private static double?[] Measure(BroadcastContender contender, int connections, int rooms)
    {
        var (seat, seatWithout) = (contender.Take($"{Seats.Idle}{rooms}"), contender.Take($"{Seats.Idle}0"));
        using var server = contender.Start();

        // What is made once is made by connections that do not count.
        using var first = new Audience(server.Port, seat, 1);
        using var second = new Audience(server.Port, seatWithout, 1);
        Hall.AwaitMemberships(server, rooms);
        var before = server.Ask(ServerProgram.Memory);
        using var without = new Audience(server.Port, seatWithout, connections);
        var between = server.Ask(ServerProgram.Memory);
        using var with = new Audience(server.Port, seat, connections);
        Hall.AwaitMemberships(server, rooms * (connections + 1));
        var after = server.Ask(ServerProgram.Memory);
        double each = (double)(between - before) / connections, eachWith = (double)(after - between) / connections;
        return [each, eachWith, (eachWith - each) / rooms];
    }
}
