using Krait.Load.Measuring;
using Krait.Load.Serving;

if (args is ["serve", var name, var variant, .. var loops])
    return await ServerProgram.RunAsync(name, Enum.Parse<SocketMode>(variant), loops is [var count] ? CommandLine.Number(count) : null);

if (args is ["ledger", var port])
    return await LedgerServer.RunAsync(port);

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
        ["broadcast", .. var rest] => Do(Broadcast.Run, BroadcastOptions.Parse(rest)),
        ["drain", .. var rest] => Do(Draining.Run, DrainOptions.Parse(rest)),
        ["flood", .. var rest] => Do(Flood.Run, FloodOptions.Parse(rest)),
        ["crowd", .. var rest] => Do(Crowding.Run, CrowdOptions.Parse(rest)),
        ["sockets", .. var rest] => Do(TransportRows.Run, TransportOptions.Parse(rest)),
        ["takeover", .. var rest] => Wait(Takeover.RunAsync, TakeoverOptions.Parse(rest)),
        _ => Measuring(Options.Parse(args)),
    };
}
catch (Exception e) when (e is FormatException or ArgumentException)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(string.Join(
        "\n\n",
        [
            Options.Usage, BroadcastOptions.Usage, DrainOptions.Usage,
            FloodOptions.Usage, CrowdOptions.Usage, TransportOptions.Usage, TakeoverOptions.Usage,
        ]));
    return 2;
}

await measure();
return 0;

static Func<Task> Do<T>(Action<T> run, T options) => () =>
{
    run(options);
    return Task.CompletedTask;
};

static Func<Task> Wait<T>(Func<T, Task> run, T options) => () => run(options);

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
        case Measurement.Telemetry:
            Listeners.Run(options);
            break;
        default:
            Throughput.Run(options);
            break;
    }
};
