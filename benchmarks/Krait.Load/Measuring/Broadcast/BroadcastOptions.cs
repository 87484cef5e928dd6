using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>What the command line asks of <c>broadcast</c>.</summary>
internal sealed record BroadcastOptions
{
    public const string Usage = """
          Krait.Load broadcast [options]       one message to many: a room of Krait's, a group of SignalR's, and loops by hand

          --rows single,burst,...        what to measure; all of it if it is not given:
                                           single   deliveries of messages of 128 B, one when all members have the last
                                           burst    the same in bursts of 10
                                           last     latency of the last of many members, at a steady rate
                                           stalled  latency while one member reads nothing, and what that one costs
                                           silent   memory when no member reads anything
                                           quotes   quotes of 1,000 symbols for a client that reads slowly
                                           idle     memory of a membership in which nothing happens
                                           own      how long many clients take to enter, each a room of its own
                                           restart  how long servers with 20,000 rooms take to hear each other when Redis has
                                                    started again (only with --servers)
                                           resume   how long many clients take to come back and get what they missed
          --contenders krait,signalr,... krait signalr signalr-unawaited naive loop krait-tuned krait-sockets krait-fresh
                                         krait-history; by default each row's usual ones
          --servers N                    servers that share the room through a redis-server (not silent, quotes, idle); 1
          --starts N                     how often all servers are started anew; 3
          --turns N                      how often each contender has its turn after each start (single, burst); 10
          --seconds S                    how long a turn is measured (single, burst); 1
          --warm-up S                    how long each contender warms up after each start, at the most; 20
          --span S                       how long the steady rate lasts (last, stalled, quotes); 30
          --members N                    members of the room (not quotes, idle); 1000, for last 5000, for own and resume 10000: ulimit -n
          --rate N                       messages per second (last, stalled, quotes); 10, 100 and 50000
          --messages N                   messages of 1 KiB that are offered (silent); 10000
          --most-memory GIB              no more is offered (silent) to a server that has taken so much; 4
          --quick                        a few seconds in all: shows that it works, and nothing else
        """;

    private const double GibiByte = 1 << 30;

    private static readonly string[] AllRows = ["single", "burst", "last", "stalled", "silent", "quotes", "idle", "own", "resume", "restart"];

    public IReadOnlyList<string> Rows { get; private init; } = AllRows;

    public int Starts { get; private init; } = 3;

    public int Turns { get; private init; } = 10;

    public TimeSpan TurnLength { get; private init; } = TimeSpan.FromSeconds(1);

    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(20);

    public TimeSpan Span { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many messages are offered to members that read nothing.</summary>
    public int Messages { get; private init; } = 10_000;

    /// <summary>In bytes.</summary>
    public double MostMemory { get; private init; } = 4 * GibiByte;

    public bool IsQuick { get; private init; }

    /// <summary>How many servers share the room.</summary>
    public int Servers { get; private init; } = 1;

    private IReadOnlyList<BroadcastContender>? Contenders { get; init; }

    private int? Members { get; init; }

    private int? Rate { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static BroadcastOptions Parse(IEnumerable<string> arguments)
    {
        var options = new BroadcastOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (argument == "--quick")
                options = options.Quick();
            else if (rest.TryDequeue(out var value))
                options = options.With(argument, value);
            else
                throw new FormatException($"'{argument}' is no option, or lacks its value.");
        }

        return options;
    }

    /// <summary>The contenders of a row.</summary>
    /// <param name="usual">The first two are enough to show that the row works.</param>
    public IReadOnlyList<BroadcastContender> ContendersOr(params string[] usual) =>
        Contenders ?? [.. Usual(usual).Select(BroadcastContender.Find)];

    /// <summary>The members of a row's room.</summary>
    public int MembersOr(int usual) => Members ?? (IsQuick ? usual / 20 : usual);

    /// <summary>A row's messages per second.</summary>
    public int RateOr(int usual) => Rate ?? usual;

    // A list and a loop by hand end at their server.
    private IEnumerable<string> Usual(string[] usual) =>
        Servers > 1 ? ["krait", BroadcastContender.SignalR, "krait-history"] : usual.Take(IsQuick ? 2 : usual.Length);

    private BroadcastOptions Quick() => this with
    {
        IsQuick = true,
        Starts = 1,
        Turns = 2,
        TurnLength = TimeSpan.FromSeconds(0.1),
        WarmUp = TimeSpan.FromSeconds(0.1),
        Span = TimeSpan.FromSeconds(0.3),
        Messages = 500,
    };

    private BroadcastOptions With(string option, string value) => option switch
    {
        "--rows" => this with { Rows = [.. Names(value).Select(Row)] },
        "--contenders" => this with { Contenders = [.. Names(value).Select(BroadcastContender.Find)] },
        "--starts" => this with { Starts = Number(value) },
        "--turns" => this with { Turns = Number(value) },
        "--seconds" => this with { TurnLength = Seconds(value) },
        "--warm-up" => this with { WarmUp = Seconds(value) },
        "--span" => this with { Span = Seconds(value) },
        "--members" => this with { Members = Number(value) },
        "--rate" => this with { Rate = Number(value) },
        "--servers" => this with { Servers = Number(value) },
        "--messages" => this with { Messages = Number(value) },
        "--most-memory" => this with { MostMemory = Fraction(value) * GibiByte },
        _ => throw new FormatException($"'{option}' is no option."),
    };

    private static string Row(string name) =>
        AllRows.Contains(name) ? name : throw new FormatException($"There is no row '{name}'.");

    private static string[] Names(string value) =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Fraction(string value) => double.Parse(value, CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(string value) => TimeSpan.FromSeconds(Fraction(value));
}
