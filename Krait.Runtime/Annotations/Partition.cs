namespace Krait;

/// <summary>Whose connections a <see cref="MaxConnectionsAttribute"/> counts together.</summary>
public enum Partition
{
    /// <summary>
    /// Those of a user, by the claim NameIdentifier. Connections without that claim count by address.
    /// </summary>
    User,

    /// <summary>
    /// Those from an address: a whole IPv4 address, or the first 64 bits of an IPv6 address, which is what one customer usually
    /// has.
    /// </summary>
    Address,
}
