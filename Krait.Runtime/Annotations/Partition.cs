namespace Krait;

/// <summary>How a <see cref="MaxConnectionsAttribute"/> groups connections.</summary>
public enum Partition
{
    /// <summary>By user: the claim NameIdentifier. Connections without that claim count by address.</summary>
    User,

    /// <summary>
    /// By address: a whole IPv4 address, or the first 64 bits of an IPv6 address. One customer usually has all addresses with
    /// these bits.
    /// </summary>
    Address,
}
