namespace Krait;

/// <summary>Whose messages a <see cref="RateLimitAttribute"/> counts together.</summary>
public enum RateLimitPer
{
    /// <summary>Those of one connection.</summary>
    Connection,

    /// <summary>
    /// Those of a user, on all connections to the controller on this server: by the claim NameIdentifier, else by address as for
    /// <see cref="Partition.User"/>.
    /// </summary>
    User,
}
