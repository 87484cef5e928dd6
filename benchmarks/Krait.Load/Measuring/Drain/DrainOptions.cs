using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>What the command line asks of <c>drain</c>.</summary>
internal sealed record DrainOptions
{
    public const string Usage = """
          Krait.Load drain [options]           how evenly a server that stops ends its connections, and how it refuses upgrades

          --connections N                clients; 10000: ulimit -n
          --period S                     DrainPeriod; 5
        """;

    public int Connections { get; private init; } = 10_000;

    public TimeSpan Period { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static DrainOptions Parse(IEnumerable<string> arguments)
    {
        var options = new DrainOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            var value = rest.TryDequeue(out var next) ? next : throw new FormatException($"'{argument}' needs a value.");
            options = argument switch
            {
                "--connections" => options with { Connections = int.Parse(value, CultureInfo.InvariantCulture) },
                "--period" => options with { Period = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) },
                _ => throw new FormatException($"There is no option '{argument}'."),
            };
        }

        return options;
    }
}
