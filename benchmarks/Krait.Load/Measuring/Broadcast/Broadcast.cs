namespace Krait.Load.Measuring;

/// <summary>Measures one message to many.</summary>
internal static class Broadcast
{
    public static void Run(BroadcastOptions options)
    {
        Console.WriteLine(Pinning.Says);
        Console.WriteLine();
        using var redis = options.Servers > 1 ? RedisServer.Start() : null;
        foreach (var row in options.Rows)
            Run(row, options, redis);
    }

    private static void Run(string row, BroadcastOptions options, RedisServer? redis)
    {
        switch (row)
        {
            case "single":
                Deliveries.Run(options, burst: 1);
                break;
            case "burst":
                Deliveries.Run(options, burst: 10);
                break;
            case "last":
                LastMember.Run(options);
                break;
            case "stalled":
                OneStalled.Run(options);
                break;
            case "silent":
                AllSilent.Run(options);
                break;
            case "quotes":
                Conflation.Run(options);
                break;
            case "restart" when redis is not null:
                Restarts.Run(options, redis);
                break;
            case "resume":
                Resumes.Run(options);
                break;
            case "own":
                OwnRooms.Run(options);
                break;
            case "idle":
                Memberships.Run(options);
                break;
        }
    }
}
