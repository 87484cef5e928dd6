namespace Krait.Load.Measuring;

/// <summary>What the command line asks of <c>takeover</c>.</summary>
internal sealed record TakeoverOptions
{
    public const string Usage = """
          Krait.Load takeover [options]        two servers behind a proxy stop and start in turn, with a redis-server

          --proxy haproxy|nginx          which one, configured as docs/deploying.md says; haproxy
          --clients N                    clients; 200, each in a room with nine others
          --rate N                       numbers that each client sends in a second; 2
          --rounds N                     how often both servers are stopped; 1
          --quick                        fewer clients: shows that it works, and nothing else
        """;

    public string Proxy { get; private init; } = "haproxy";

    public int Clients { get; private init; } = 200;

    public int Rate { get; private init; } = 2;

    public int Rounds { get; private init; } = 1;

    /// <summary>How long clients talk before the first server stops, between two stops, and after the last.</summary>
    public TimeSpan Pause { get; private init; } = TimeSpan.FromSeconds(6);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static TakeoverOptions Parse(IEnumerable<string> arguments) =>
        CommandLine.Read(arguments, new TakeoverOptions(), static options => options.Quick(), With);

    private static TakeoverOptions With(TakeoverOptions options, string name, string value) => name switch
    {
        "--proxy" when value is "haproxy" or "nginx" => options with { Proxy = value },
        "--clients" => options with { Clients = CommandLine.Number(value) },
        "--rate" => options with { Rate = CommandLine.Number(value) },
        "--rounds" => options with { Rounds = CommandLine.Number(value) },
        _ => throw CommandLine.Unknown(name),
    };

    private TakeoverOptions Quick() => this with { Clients = 50, Pause = TimeSpan.FromSeconds(4) };
}
