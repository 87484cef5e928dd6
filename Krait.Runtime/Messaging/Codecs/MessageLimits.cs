using Krait.CompilerServices;

namespace Krait.Messaging;

/// <summary>Chooses the limit of a message type.</summary>
internal static class MessageLimits
{
    /// <summary>
    /// Returns the limit of the most derived type that has one, in bytes. Of unrelated interfaces, the smaller limit counts;
    /// without a limit, it is <see cref="int.MaxValue"/>.
    /// </summary>
    public static int Of(Type type, ReadOnlySpan<MessageLimit> limits)
    {
        MessageLimit? chosen = null;
        foreach (var limit in limits)
        {
            if (limit.Type.IsAssignableFrom(type) && (chosen is not { } other || Precedes(limit, other)))
                chosen = limit;
        }

        return chosen?.MaxMessageSize ?? int.MaxValue;
    }

    /// <summary>Refuses a message that is larger than its type allows.</summary>
    public static void Demand(int limit, long size)
    {
        if (size > limit)
            throw new InvalidMessageException(
                InvalidMessageKind.TooLarge, $"The message has {size} bytes; {limit} are allowed for its type.");
    }

    private static bool Precedes(MessageLimit limit, MessageLimit other) =>
        other.Type.IsAssignableFrom(limit.Type)
            || (!limit.Type.IsAssignableFrom(other.Type) && limit.MaxMessageSize < other.MaxMessageSize);
}
