using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>Reads options that have a value each, and <c>--quick</c>.</summary>
internal static class CommandLine
{
    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">What follows the name of the command.</param>
    /// <param name="options">The defaults.</param>
    /// <param name="quick">Makes the options those of a run that only shows that it works.</param>
    /// <param name="with">Sets an option to a value.</param>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static T Read<T>(IEnumerable<string> arguments, T options, Func<T, T> quick, Func<T, string, string, T> with)
    {
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (argument == "--quick")
                options = quick(options);
            else if (rest.TryDequeue(out var value))
                options = with(options, argument, value);
            else
                throw Unknown(argument);
        }

        return options;
    }

    public static FormatException Unknown(string option) => new($"'{option}' is no option, or lacks its value.");

    public static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    public static TimeSpan Seconds(string value) => TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture));
}
