using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>Servers that share a room, mostly one, and the members of the room, who read all that comes.</summary>
internal sealed class Hall : IDisposable
{
    /// <summary>How long a read waits while nothing comes.</summary>
    public const int LongestSleepMilliseconds = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Hall(BroadcastContender contender, List<ServerProcess> servers, Audience audience)
    {
        Contender = contender;
        Servers = servers;
        Audience = audience;
    }

    public BroadcastContender Contender { get; }

    public IReadOnlyList<ServerProcess> Servers { get; }

    /// <summary>The server that sends.</summary>
    public ServerProcess Server => Servers[0];

    /// <summary>How much processor time the servers have used.</summary>
    public TimeSpan ProcessorTime => Servers.Aggregate(TimeSpan.Zero, static (sum, server) => sum + server.ProcessorTime);

    public Audience Audience { get; }

    /// <summary>Starts servers, and lets their members in, as many on each.</summary>
    public static Hall Open(BroadcastContender contender, int members, int messageSize, int serverCount = 1)
    {
        var servers = new List<ServerProcess>();
        try
        {
            for (var i = 0; i < serverCount; i++)
                servers.Add(contender.Start());

            servers[0].Tell($"{Publisher.SizeOrder} {messageSize}");
            var share = members / serverCount;
            var audience = new Audience(servers[0].Port, contender.Take(Seats.Members), members - (share * (serverCount - 1)));
            servers.Skip(1).ToList().ForEach(server => audience.Add(server.Port, contender.Take(Seats.Members), share));
            foreach (var (index, server) in servers.Index())
                AwaitMemberships(server, index == 0 ? members - (share * (serverCount - 1)) : share);

            return new(contender, servers, audience);
        }
        catch
        {
            servers.ForEach(static server => server.Dispose());
            throw;
        }
    }

    /// <summary>Asks all servers, and adds the answers.</summary>
    public long Ask(string question) => Servers.Sum(server => server.Ask(question));

    /// <summary>
    /// Waits until there are so many memberships: a client is connected before the server has let it into the room.
    /// </summary>
    /// <exception cref="TimeoutException">There are others.</exception>
    public static void AwaitMemberships(ServerProcess server, int count) =>
        server.AskUntil(Publisher.Memberships, found => found == count, Patience);

    /// <summary>Warms servers up, in turns, until their compilers have nothing more to do.</summary>
    public static void WarmUp(List<Hall> halls, int burst, TimeSpan limit)
    {
        var warmUp = new WarmUp(limit, () => halls.ConvertAll(static hall => hall.Ask(ServerProgram.Compiled)));
        for (; !warmUp.IsOver; warmUp.EndRound())
            halls.ForEach(hall => hall.RunClosed(burst, warmUp.Slice));
    }

    /// <summary>
    /// Has so many messages sent and read at once, again and again: the next ones when all members have the last.
    /// </summary>
    /// <returns>How many messages all members got together.</returns>
    public long RunClosed(int burst, TimeSpan span)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), Audience.Received);
        do
        {
            Server.Tell($"{Publisher.TickOrder} {burst}");
            AwaitReceived(Audience.Received + ((long)burst * Audience.Count));
        }
        while (Stopwatch.GetElapsedTime(began) < span);

        return Audience.Received - before;
    }

    public void Dispose()
    {
        Audience.Dispose();
        foreach (var server in Servers)
            server.Dispose();
    }

    private void AwaitReceived(long count)
    {
        var (received, progress) = (Audience.Received, Stopwatch.GetTimestamp());
        while (Audience.Received < count)
        {
            Audience.Listen(LongestSleepMilliseconds);
            if (Audience.Ended > 0)
                throw new InvalidOperationException($"{Contender.Name} has ended {Audience.Ended} connections.");

            if (Audience.Received != received)
                (received, progress) = (Audience.Received, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(progress) > Patience)
                throw new TimeoutException($"{Contender.Name} has not delivered {count - received} messages.");
        }
    }
}
