using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>A server and the members of its room, who read all that comes.</summary>
internal sealed class Hall : IDisposable
{
    /// <summary>How long a read waits while nothing comes.</summary>
    public const int LongestSleepMilliseconds = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Hall(BroadcastContender contender, ServerProcess server, Audience audience)
    {
        Contender = contender;
        Server = server;
        Audience = audience;
    }

    public BroadcastContender Contender { get; }

    public ServerProcess Server { get; }

    public Audience Audience { get; }

    /// <summary>Starts a server, and lets its members in.</summary>
    public static Hall Open(BroadcastContender contender, int members, int messageSize)
    {
        var server = contender.Start();
        try
        {
            server.Tell($"{Publisher.SizeOrder} {messageSize}");
            var audience = new Audience(server.Port, contender.Take(Seats.Members), members);
            AwaitMemberships(server, members);
            return new(contender, server, audience);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits until there are so many memberships: a client is connected before the server has let it into the room.
    /// </summary>
    /// <exception cref="TimeoutException">There are others.</exception>
    public static void AwaitMemberships(ServerProcess server, int count) =>
        server.AskUntil(Publisher.Memberships, found => found == count, Patience);

    /// <summary>Warms servers up, in turns, until their compilers have nothing more to do.</summary>
    public static void WarmUp(List<Hall> halls, int burst, TimeSpan limit)
    {
        var warmUp = new WarmUp(limit, () => halls.ConvertAll(hall => hall.Server.Ask(ServerProgram.Compiled)));
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
        Server.Dispose();
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
