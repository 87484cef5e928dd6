using System.Globalization;
using System.Security.Cryptography;

namespace Krait.Rooms;

/// <summary>The positions of messages in rooms that only this process knows. Thread-safe.</summary>
/// <remarks>
/// They begin with a random epoch, so that a client that comes back after a restart does not count as up to date.
/// </remarks>
internal static class RoomPositions
{
    private static readonly string s_epoch = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private static long s_last;

    /// <summary>Returns a position that was never returned before.</summary>
    public static string Next() =>
        string.Create(CultureInfo.InvariantCulture, $"{s_epoch}-{Interlocked.Increment(ref s_last):x}");
}
