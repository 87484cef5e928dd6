namespace Krait;

/// <summary>How a <see cref="RateLimitAttribute"/> groups messages.</summary>
public enum RateLimitPer
{
    /// <summary>By connection.</summary>
    Connection,

    /// <summary>
    /// By user, on all connections to the controller on this server: by the claim NameIdentifier, else by address as for
    /// <see cref="Partition.User"/>.
    /// </summary>
    User,
}
