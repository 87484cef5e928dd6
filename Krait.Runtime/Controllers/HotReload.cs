using System.Reflection.Metadata;
using Krait.Controllers;

[assembly: MetadataUpdateHandler(typeof(HotReload))]

namespace Krait.Controllers;

/// <summary>Counts the edits that Hot Reload, such as <c>dotnet watch</c>, has applied to the program. Thread-safe.</summary>
internal static class HotReload
{
    private static int _edits;

    public static int Edits => Volatile.Read(ref _edits);

    /// <summary>The runtime finds this method by its name, and calls it after each edit.</summary>
    /// <param name="updatedTypes">The edited types; null if they are unknown.</param>
    internal static void ClearCache(Type[]? updatedTypes) => Interlocked.Increment(ref _edits);
}
