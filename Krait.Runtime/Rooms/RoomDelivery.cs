namespace Krait;

/// <summary>How one member of a room is sent to, where that differs from the rest. Immutable.</summary>
public sealed record RoomDelivery
{
    /// <summary>
    /// What happens when this member reads too slowly, whatever the message's type says; null leaves it to the type.
    /// <see cref="SlowReaderPolicy.Conflate"/> needs a key, which only a type has.
    /// </summary>
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

    /// <summary>How many messages may wait for this member; 0 takes <see cref="RoomOptions.MemberCapacity"/>.</summary>
    public int Capacity
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "Capacity must be positive, or 0 to take RoomOptions.MemberCapacity.");
    }
}
