namespace Krait.Load.Serving;

/// <summary>Where clients connect to be told something: the same paths on every server.</summary>
internal static class Seats
{
    /// <summary>A member of the room that gets ticks; none may be lost, where the server makes a difference.</summary>
    public const string Members = "/members";

    /// <summary>A member of the same room who may lose the oldest ticks, where the server makes a difference.</summary>
    public const string Droppers = "/droppers";

    /// <summary>A member of the room that gets quotes.</summary>
    public const string Quotes = "/quotes";

    /// <summary>A member of so many rooms in which nothing happens: <c>/idle/100</c>.</summary>
    public const string Idle = "/idle/";

    public const string IdlePattern = Idle + "{rooms}";

    /// <summary>The only member of a room of its own: <c>/own/7</c>.</summary>
    public const string Own = "/own/";

    public const string OwnPattern = Own + "{room}";

    /// <summary>A member of the room with a history; <c>?at=</c> comes back to it.</summary>
    public const string Feed = "/feed";

    /// <summary>A member of a thousand rooms that no other shelf has: <c>/shelf/7</c>.</summary>
    public const string Shelf = "/shelf/";

    public const string ShelfPattern = Shelf + "{shelf}";

    public const int RoomsOfShelf = 1000;

    private static readonly string[] IdleRooms = [.. Enumerable.Range(0, 1000).Select(i => $"idle/{i}")];

    /// <summary>The names of the rooms in which nothing happens; the same strings for every connection.</summary>
    public static ReadOnlySpan<string> IdleRoomNames(int count) => IdleRooms.AsSpan(0, count);
}
