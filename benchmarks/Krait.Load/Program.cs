using Krait.Load.Measuring;
using Krait.Load.Serving;

if (args is ["serve", var name, var variant])
    return await ServerProgram.RunAsync(name, Enum.Parse<SocketMode>(variant));

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("The load is driven by Linux' own calls: run this on Linux, or in a container.");
    return 2;
}

if (!Pinning.IsDriver)
    return await Pinning.DriveAsync(args);

Func<Task> measure;
try
{
    measure = args switch
    {
        ["broadcast", .. var rest] => Broadcasting(BroadcastOptions.Parse(rest)),
        ["drain", .. var rest] => Draining(DrainOptions.Parse(rest)),
        _ => Measuring(Options.Parse(args)),
    };
}
catch (Exception e) when (e is FormatException or ArgumentException)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(Options.Usage);
    Console.Error.WriteLine();
    Console.Error.WriteLine(BroadcastOptions.Usage);
    Console.Error.WriteLine();
    Console.Error.WriteLine(DrainOptions.Usage);
    return 2;
}

await measure();
return 0;

static Func<Task> Broadcasting(BroadcastOptions options) => () =>
{
    Broadcast.Run(options);
    return Task.CompletedTask;
};

static Func<Task> Draining(DrainOptions options) => () =>
{
    Krait.Load.Measuring.Draining.Run(options);
    return Task.CompletedTask;
};

static Func<Task> Measuring(Options options) => async () =>
{
    switch (options.Measurement)
    {
        case Measurement.Idle:
            IdleMemory.Run(options);
            break;
        case Measurement.Code:
            await CodeTime.RunAsync(options);
            break;
        default:
            Throughput.Run(options);
            break;
    }
};
