namespace Krait.Rooms;

/// <summary>A connection that can be in rooms.</summary>
internal interface IRoomConnection
{
    /// <summary>The outlet to which its rooms send.</summary>
    RoomOutlet Outlet { get; }

    /// <summary>The rules for the messages that it sends: an <see cref="Messaging.ISlowReaderRule{T}"/>.</summary>
    object? Rules { get; }
}
