using System.Text;

namespace Krait.Telemetry.Traffic;

/// <summary>Writes payloads for the log, without the values that are hidden. Immutable and thread-safe.</summary>
internal sealed class PayloadMask
{
    /// <summary>Replaces a payload that is not shown.</summary>
    public const string Hidden = "hidden";

    private const int MaxCharacters = 100;
    private const int MaxBytes = 50;

    private readonly JsonMask? _json;
    private readonly bool _hidesAll;

    private PayloadMask(bool hidesAll, JsonMask? json = null)
    {
        _hidesAll = hidesAll;
        _json = json;
    }

    /// <summary>Shows every payload.</summary>
    public static PayloadMask None { get; } = new(hidesAll: false);

    /// <summary>Shows no payload.</summary>
    public static PayloadMask All { get; } = new(hidesAll: true);

    /// <summary>Hides the values of some members of JSON.</summary>
    /// <param name="members">Their names in JSON.</param>
    public static PayloadMask Of(IReadOnlyCollection<string> members) =>
        members.Count == 0 ? None : new(hidesAll: false, new(members));

    /// <summary>Returns at most 100 characters of a text, or 50 bytes of other data as hexadecimal digits.</summary>
    public string Show(bool isText, ReadOnlySpan<byte> payload)
    {
        if (_hidesAll || (_json is not null && !isText))
            return Hidden;
        if (_json is not null)
            return _json.TryMask(payload, MaxCharacters, out var masked) ? Cut(masked) : Hidden;
        if (!isText)
            return Convert.ToHexString(payload[..Math.Min(payload.Length, MaxBytes)]) + (payload.Length > MaxBytes ? "..." : "");

        // A character takes 3 bytes at most, so one that is split here is cut off later.
        return Cut(Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, 4 * MaxCharacters)]));
    }

    private static string Cut(string text) => LogText.Cut(text, MaxCharacters) + (text.Length > MaxCharacters ? "..." : "");
}
