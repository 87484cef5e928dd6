using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Krait.Upgrading;

/// <summary>
/// Parses values of a request, the same on every machine: with the invariant culture and without the local time zone.
/// </summary>
internal static class ValueParser
{
    /// <summary>
    /// Parses an <c>IParsable</c>. A date and time without an offset is UTC, and every <see cref="DateTime"/> becomes UTC.
    /// </summary>
    public static bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value)
        where T : IParsable<T>
    {
        if (typeof(T) == typeof(DateTime))
        {
            var parsed = DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time);
            value = Unsafe.BitCast<DateTime, T>(time);
            return parsed;
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            var parsed = DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
            value = Unsafe.BitCast<DateTimeOffset, T>(time);
            return parsed;
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>
    /// Parses names of an enum, in any case; several with commas between them if it is [Flags]. Numbers are refused.
    /// </summary>
    public static bool TryParseEnum<T>(string text, out T value)
        where T : struct, Enum
    {
        value = default;
        var first = text.AsSpan().TrimStart();
        return !first.IsEmpty
            && !char.IsAsciiDigit(first[0]) && first[0] is not ('-' or '+')
            && (!first.Contains(',') || typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false))
            && Enum.TryParse(text, ignoreCase: true, out value);
    }
}
