using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>What the command line asks of <c>crowd</c>.</summary>
internal sealed record CrowdOptions
{
    public const string Usage = """
          Krait.Load crowd [options]           many idle connections and some busy ones: losses, closes, memory

          --idle N                       idle connections; 20000, or fewer: ulimit -n counts for each process
          --busy N                       connections that send 32 B each second; 1000
          --span S                       how long; 60
          --quick                        a few seconds in all: shows that it works, and nothing else
        """;

    private const int Wanted = 20_000;
    private const int OtherFiles = 300; // of the server's process: libraries, listeners, epoll

    private int? IdleWanted { get; init; }

    public int Busy { get; private init; } = 1000;

    public TimeSpan Span { get; private init; } = TimeSpan.FromSeconds(60);

    public int Idle => IdleWanted ?? Math.Clamp(MostFiles() - OtherFiles - Busy, 0, Wanted);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static CrowdOptions Parse(IEnumerable<string> arguments) =>
        CommandLine.Read(arguments, new CrowdOptions(), static options => options.Quick(), With);

    private static CrowdOptions With(CrowdOptions options, string name, string value) => name switch
    {
        "--idle" => options with { IdleWanted = CommandLine.Number(value) },
        "--busy" => options with { Busy = CommandLine.Number(value) },
        "--span" => options with { Span = CommandLine.Seconds(value) },
        _ => throw CommandLine.Unknown(name),
    };

    private CrowdOptions Quick() => this with { IdleWanted = 300, Busy = 30, Span = TimeSpan.FromSeconds(3) };

    /// <summary>How many files a process may have open, as the kernel says.</summary>
    private static int MostFiles()
    {
        const string Line = "Max open files";
        var limit = File.ReadLines("/proc/self/limits").First(static line => line.StartsWith(Line, StringComparison.Ordinal));
        var soft = limit[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? int.MaxValue : int.Parse(soft, CultureInfo.InvariantCulture);
    }
}
