namespace Krait.Redis;

/// <summary>The names of keys and channels.</summary>
/// <remarks>Keys and channel of a room share the part in braces, so that a cluster keeps them in one slot.</remarks>
/// <param name="prefix">The beginning of all names.</param>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>Carries the messages of a channel.</summary>
    public string Channel(string name) => $"{prefix}:{{{name}}}";

    /// <summary>Keeps the messages of a channel.</summary>
    public string Stream(string name) => $"{prefix}:{{{name}}}:stream";

    /// <summary>Keeps the position of the last message, also when the message itself is too old to be kept.</summary>
    public string Head(string name) => $"{prefix}:{{{name}}}:head";

    /// <summary>Keeps the members in the room of a channel.</summary>
    public string Members(string name) => $"{prefix}:{{{name}}}:members";

    /// <summary>Exists as long as the lease of a server.</summary>
    public string Lease(string server) => $"{prefix}:server:{server}";
}
