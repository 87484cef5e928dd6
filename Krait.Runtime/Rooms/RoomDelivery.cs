namespace Krait;

/// <summary>The policy and capacity of one member of a room, if they differ from those of the other members. Immutable.</summary>
public sealed record RoomDelivery
{
    /// <summary>
    /// The policy for this member. It replaces the policy of the message's type; null uses that of the type. It cannot be
    /// <see cref="SlowReaderPolicy.Conflate"/>, because only a type has the key for it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is <see cref="SlowReaderPolicy.Conflate"/> or not defined.
    /// </exception>
    public SlowReaderPolicy? WhenSlow
    {
        get;
        init => field = value is null or (>= SlowReaderPolicy.Close and <= SlowReaderPolicy.DropOldest)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                "A member can have Close, DropNewest or DropOldest; Conflate needs a key: "
                + "put [WhenSlow(SlowReaderPolicy.Conflate, Key = ...)] on the message's type.");
    }

    /// <summary>The number of messages that may wait for this member; 0 uses <see cref="RoomOptions.MemberCapacity"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Capacity
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "Capacity must be positive, or 0 to use RoomOptions.MemberCapacity.");
    }
}
