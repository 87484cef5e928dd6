using Krait.CompilerServices;

namespace Krait.Telemetry.Traffic;

/// <summary>
/// Decides which parts of messages the log shows, for one endpoint and one direction. Immutable and thread-safe.
/// </summary>
/// <param name="Cases">The types of messages that are known.</param>
/// <param name="CaseOf">Returns the index of a message's type; -1 if it is not known.</param>
/// <param name="Hides">Decides whether a message is hidden; null if none is hidden by itself.</param>
/// <param name="HidesAll">Whether all messages are hidden.</param>
internal sealed record TrafficRules<T>(
    IReadOnlyList<MessageCase> Cases, Func<T, int> CaseOf, Func<T, bool>? Hides, bool HidesAll)
{
    /// <summary>Describes a message. Its type must be known to show its payload.</summary>
    public TrafficLine Describe(T message, bool isText, ReadOnlySpan<byte> payload, PayloadMask mask)
    {
        var index = CaseOf(message);
        if ((uint)index >= (uint)Cases.Count)
            return TrafficLine.Unknown(payload.Length);

        var isHidden = HidesAll || Hides?.Invoke(message) == true;
        return new(Cases[index].Name, payload.Length, isHidden ? PayloadMask.Hidden : mask.Show(isText, payload));
    }

    /// <summary>Describes a binary message next to messages of text.</summary>
    public TrafficLine DescribeBinary(ReadOnlySpan<byte> payload) => new(
        "binary", payload.Length, HidesAll ? PayloadMask.Hidden : PayloadMask.None.Show(isText: false, payload));
}

/// <summary>The logged parts of a message.</summary>
/// <param name="Type">The name of its type.</param>
/// <param name="Size">The size of its payload in bytes.</param>
/// <param name="Payload">The visible part of its payload.</param>
internal readonly record struct TrafficLine(string Type, int Size, string Payload)
{
    /// <summary>A message that cannot be read, or whose type is not known.</summary>
    public static TrafficLine Unknown(int size) => new(TagNames.Other, size, PayloadMask.Hidden);
}
