using System.Diagnostics;
using System.Globalization;
using Krait.Fuzz;
using Krait.Runtime.Tests.Properties;

// Checks the properties of the transport's tests for ever new values: dotnet run -c Release --project fuzz/Krait.Fuzz -- --minutes 10 [--seed N] [--only "part of a name"]
// With --stress it lets random clients loose on a server that stops, instead.
var minutes = double.Parse(Option("--minutes") ?? "1", CultureInfo.InvariantCulture);
var seed = ulong.Parse(Option("--seed") ?? Random.Shared.NextInt64().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
if (args.Contains("--stress"))
    return await StressLoop.RunAsync(TimeSpan.FromMinutes(minutes), (int)(uint)seed);

var properties = TransportProperties.All.Where(property => property.Name.Contains(Option("--only") ?? "", StringComparison.Ordinal)).ToArray();
if (properties.Length == 0)
    return Fail("No property has such a name.");

Exception? unobserved = null;
TaskScheduler.UnobservedTaskException += (_, args) => unobserved = args.Exception;
Console.WriteLine($"seed {seed}, {minutes} minutes, {properties.Length} properties");

var clock = Stopwatch.StartNew();
uint number = 0;
for (; clock.Elapsed.TotalMinutes < minutes; number++)
{
    foreach (var property in properties)
    {
        try
        {
            property.Check(seed, number);
        }
        catch (Exception e)
        {
            return Fail($"\"{property.Name}\" does not hold: --seed {seed}, value {number}.\n{e}");
        }
    }

    if (number % 1000 == 999)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {number + 1} values each");
    }

    if (unobserved is not null)
        return Fail($"An exception was not observed, by --seed {seed}, value {number} or shortly before.\n{unobserved}");
}

Console.WriteLine($"{number} values each, and all properties hold");
return 0;

string? Option(string name) => Array.IndexOf(args, name) is var index and >= 0 && index + 1 < args.Length ? args[index + 1] : null;

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
