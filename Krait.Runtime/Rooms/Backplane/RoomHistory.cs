namespace Krait;

/// <summary>
/// How many messages a room keeps, and for how long, so that a client that was away gets the messages that it missed. Immutable.
/// </summary>
public sealed record RoomHistory
{
    /// <summary>Sets the limits. A room forgets a message when either limit is reached.</summary>
    /// <param name="length">How many messages each room keeps; 1 to 100,000.</param>
    /// <param name="age">How long a room keeps a message; at least a second, at most 30 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public RoomHistory(int length, TimeSpan age)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 100_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(age, TimeSpan.FromDays(30));
        (Length, Age) = (length, age);
    }

    /// <summary>How many messages each room keeps.</summary>
    public int Length { get; }

    /// <summary>How long a room keeps a message.</summary>
    public TimeSpan Age { get; }
}
