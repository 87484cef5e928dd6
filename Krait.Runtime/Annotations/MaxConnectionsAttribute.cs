namespace Krait;

/// <summary>Limits how many connections to a controller one user or one address can have at once on this server.</summary>
/// <remarks>
/// Krait refuses further connections with 429 and a problem+json body, before [OnUpgrade]. A request counts from that moment
/// until it is refused, or until its connection has ended and [OnClose] has returned. If there are several attributes, a
/// connection must be within each limit.
/// </remarks>
/// <param name="connections">How many; positive.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxConnectionsAttribute(int connections) : Attribute
{
    /// <summary>How many connections.</summary>
    public int Connections { get; } = connections;

    /// <summary>Which connections count together; by default those of a user.</summary>
    public Partition Per { get; set; }
}
