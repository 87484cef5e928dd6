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
            Run(row, options);
    }

    private static void Run(string row, BroadcastOptions options)
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
            case "own":
                OwnRooms.Run(options);
                break;
            case "idle":
                Memberships.Run(options);
                break;
        }
    }
}
