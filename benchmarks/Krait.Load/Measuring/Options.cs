using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        Krait.Load: servers on one processor, a closed loop of clients on another, contenders in turns.

          Krait.Load [throughput] [options]    messages per second, processor time, latency, allocations
          Krait.Load idle [options]            managed bytes of an idle connection
          Krait.Load telemetry [options]       messages per second with listeners to metrics and spans: echo16, echo1, json16
          Krait.Load code [options]            time of the servers' own code, on a transport in memory: no sockets, no kernel, no other threads

          --workloads echo16,echo1,...   echo16 echo1 text16 json16 json1 4k 1m; all of them if it is not given
          --contenders loop,krait,...    loop krait krait-tuned signalr krait-sockets loop-tuned pipe pipe-tuned; the first four if it is not given
          --contender NAME=PATH          one more: the Krait of a load program built elsewhere, say of an older commit; PATH is its
                                         Krait.Load.dll, the end of NAME, -tuned or -sockets, has the same meaning as above; there may be several
          --connections N, --in-flight N, --size BYTES, --kind binary|text|json
                                         one workload of your own
          --starts N                     how often all servers are started anew, since no two processes are compiled alike; 5
          --turns N                      how often each contender has its turn after each start; 20
          --seconds S                    how long a turn is measured; 0.1
          --warm-up S                    how long each contender warms up for each workload after each start, at the most: less if nothing is compiled any more; 30
          --spin                         the load never sleeps, which saves the servers waking it, and interrupts them for every answer
          --idle-connections N           how many connections are idle; 2000
          --quick                        a few seconds in all: shows that it works, and nothing else
        """;

    public Measurement Measurement { get; private init; }

    public IReadOnlyList<Workload> Workloads { get; private init; } = [.. Workload.Named.Select(named => named.Workload)];

    public IReadOnlyList<Contender> Contenders { get; private init; } = Contender.Usual;

    public int Starts { get; private init; } = 5;

    public int Turns { get; private init; } = 20;

    public TimeSpan TurnLength { get; private init; } = TimeSpan.FromSeconds(0.1);

    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(30);

    public bool Spins { get; private init; }

    public int IdleConnections { get; private init; } = 2000;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        var options = new Options();
        Workload? own = null;
        var elsewhere = new List<Contender>();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            var workload = own ?? new(MessageKind.Binary, 32, 64, 16);
            switch (argument)
            {
                case "throughput":
                    break;
                case "idle":
                    options = options with { Measurement = Measurement.Idle };
                    break;
                case "telemetry":
                    options = options with
                    {
                        Measurement = Measurement.Telemetry,
                        Contenders = Listeners.Contenders,
                        Workloads = [Named("echo16"), Named("echo1"), Named("json16")],
                    };
                    break;
                case "code":
                    options = options with { Measurement = Measurement.Code };
                    break;
                case "--quick":
                    options = options with { Starts = 1, Turns = 2, TurnLength = TimeSpan.FromSeconds(0.1), WarmUp = TimeSpan.FromSeconds(0.2), IdleConnections = 50 };
                    break;
                case "--workloads":
                    options = options with { Workloads = [.. Names().Select(Named)] };
                    break;
                case "--contenders":
                    options = options with { Contenders = [.. Names().Select(Contender.Find)] };
                    break;
                case "--contender":
                    elsewhere.Add(Contender.Elsewhere(Value()));
                    break;
                case "--connections":
                    own = workload with { Connections = Number() };
                    break;
                case "--in-flight":
                    own = workload with { InFlight = Number() };
                    break;
                case "--size":
                    own = workload with { Size = Number() };
                    break;
                case "--kind":
                    own = workload with { Kind = Enum.Parse<MessageKind>(Value(), ignoreCase: true) };
                    break;
                case "--starts":
                    options = options with { Starts = Number() };
                    break;
                case "--turns":
                    options = options with { Turns = Number() };
                    break;
                case "--seconds":
                    options = options with { TurnLength = Seconds() };
                    break;
                case "--warm-up":
                    options = options with { WarmUp = Seconds() };
                    break;
                case "--spin":
                    options = options with { Spins = true };
                    break;
                case "--idle-connections":
                    options = options with { IdleConnections = Number() };
                    break;
                default:
                    throw new FormatException($"'{argument}' is no option.");
            }
        }

        if (options.Spins && !Pinning.IsPossible)
            throw new FormatException("A load that spins needs a processor to itself, and taskset.");

        options = options with { Contenders = [.. options.Contenders, .. elsewhere] };
        return own is null ? options : options with { Workloads = [own] };

        string Value() => rest.TryDequeue(out var value) ? value : throw new FormatException("The last option lacks its value.");
        string[] Names() => Value().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int Number() => int.Parse(Value(), NumberStyles.None, CultureInfo.InvariantCulture);
        TimeSpan Seconds() => TimeSpan.FromSeconds(double.Parse(Value(), CultureInfo.InvariantCulture));
    }

    private static Workload Named(string name) =>
        Workload.Named.FirstOrDefault(named => named.Name == name).Workload ?? throw new FormatException($"There is no workload '{name}'.");
}

/// <summary>What is measured.</summary>
internal enum Measurement
{
    Throughput,
    Idle,
    Code,
    Telemetry,
}
