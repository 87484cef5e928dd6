namespace Krait.Rooms;

/// <summary>A connection that can be in rooms.</summary>
internal interface IRoomConnection
{
    /// <summary>Where its rooms send to.</summary>
    RoomOutlet Outlet { get; }

    /// <summary>What is known of the messages that it sends: an <see cref="Messaging.ISlowReaderRule{T}"/>.</summary>
    object? Rules { get; }
}
