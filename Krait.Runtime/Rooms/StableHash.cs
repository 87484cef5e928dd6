namespace Krait.Rooms;

/// <summary>A hash of a text that is the same in every process (FNV-1a, 64 bits).</summary>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(string text)
    {
        var hash = Offset;
        foreach (var character in text)
            hash = (hash ^ character) * Prime;

        return hash;
    }
}
