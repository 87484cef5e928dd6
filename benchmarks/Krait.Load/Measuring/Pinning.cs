using System.Diagnostics;
using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>Starts this program again, on one processor: servers on the first, the load on the second, so that neither takes the other's time.</summary>
/// <remarks>Pinned from the start, since the runtime sizes itself by the processors that it finds. Without <c>taskset</c> or a second processor nothing is pinned.</remarks>
internal static class Pinning
{
    public const int ServerProcessor = 0;
    public const int LoadProcessor = 1;

    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string TaskSet = "/usr/bin/taskset";

    // Says that a process drives the load, and whether it is pinned: it sees one processor either way.
    private const string Driver = "KRAIT_LOAD_DRIVER";
    private const string Pinned = "pinned";

    /// <summary>Whether this is the process that drives the load.</summary>
    public static bool IsDriver => Environment.GetEnvironmentVariable(Driver) is not null;

    /// <summary>Whether processes are pinned here.</summary>
    public static bool IsPossible => Environment.GetEnvironmentVariable(Driver) is { } driver
        ? driver == Pinned
        : File.Exists(TaskSet) && Environment.ProcessorCount > 1;

    /// <summary>Says so to whoever reads the figures.</summary>
    public static string Says =>
        IsPossible ? "Server on one processor, load on another." : "Not pinned: server and load take each other's time.";

    /// <summary>Starts the process that drives the load, and passes its outcome on.</summary>
    public static async Task<int> DriveAsync(string[] arguments)
    {
        var start = StartInfo(Itself, LoadProcessor, inlineCompletions: true, arguments);
        start.Environment[Driver] = IsPossible ? Pinned : "free";
        using var driver = Process.Start(start)!;
        await driver.WaitForExitAsync();
        return driver.ExitCode;
    }

    /// <summary>Starts a load program, this one if none is named, with other arguments; its input and output are the caller's. Without a processor it may run where the calling thread may.</summary>
    public static Process Start(string? program, int? processor, bool inlineCompletions, params string[] arguments)
    {
        var start = StartInfo(program is null ? Itself : Command(program), processor, inlineCompletions, arguments);
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }

    private static string[] Itself =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [Environment.ProcessPath!, typeof(Pinning).Assembly.Location]
            : [Environment.ProcessPath!];

    private static string[] Command(string program) => program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program] : [program];

    private static ProcessStartInfo StartInfo(string[] command, int? processor, bool inlineCompletions, string[] arguments)
    {
        string[] pinned = IsPossible && processor is { } one ? [TaskSet, "-c", one.ToString(CultureInfo.InvariantCulture), .. command] : command;
        var start = new ProcessStartInfo(pinned[0], [.. pinned[1..], .. arguments]) { UseShellExecute = false };
        start.Environment[InlineCompletions] = inlineCompletions ? "1" : "0";
        return start;
    }
}
