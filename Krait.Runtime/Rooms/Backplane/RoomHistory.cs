namespace Krait;

/// <summary>How much of the past of a room is kept, so that a client that was away gets what it missed. Immutable.</summary>
public sealed record RoomHistory
{
    /// <summary>Sets how much is kept. A message is given up when either limit is reached.</summary>
    /// <param name="length">How many messages are kept for each room; 1 to 100,000.</param>
    /// <param name="age">How long a message is kept; at least a second, at most 30 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public RoomHistory(int length, TimeSpan age)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 100_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(age, TimeSpan.FromDays(30));
        (Length, Age) = (length, age);
    }

    /// <summary>How many messages are kept for each room.</summary>
    public int Length { get; }

    /// <summary>How long a message is kept.</summary>
    public TimeSpan Age { get; }
}
